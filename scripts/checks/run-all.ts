import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_FOLDER } from '../paths.ts';
import { UserError } from '../user-error.ts';
import type { Check, CheckResult } from './check.ts';
import { runCheck } from './run-check.ts';
import { closingLine, outcomeLine, startLine, summaryLines } from './wording.ts';

type Screen = { write: (text: string) => void };

const HEARTBEAT_MS = 15_000;

/**
 * Runs the checks, all of them whatever fails, and says at the end how each went: one after the other, but for those that
 * mostly wait, which begin first and go on beside the others.
 */
export async function runAll(checks: readonly Check[], screen: Screen): Promise<boolean> {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  const results: CheckResult[] = [];
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const heartbeat = setInterval(() => screen.write(`      ... ${elapsed().toFixed(0)} s\n`), HEARTBEAT_MS);
  const begin = async (check: Check): Promise<void> => {
    if (interrupted) return;
    screen.write(`${startLine(check, checks.indexOf(check), checks.length)}\n`);
    const result = await runCheck(check);
    results.push(result);
    screen.write(`${outcomeLine(result)}\n`);
    if (!result.ok) screen.write(`${result.output.trimEnd()}\n`);
  };
  const waiting = checks.filter((check) => check.waits).map(begin);
  for (const check of checks.filter(({ waits }) => !waits)) await begin(check);
  await Promise.all(waiting);
  clearInterval(heartbeat);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  screen.write(`\n${summaryLines(results, elapsed()).join('\n')}\n`);
  if (interrupted) throw new UserError('Interrupted; the checks above are all that ran.');
  screen.write(`${closingLine(results)}\n`);
  return results.every(({ ok }) => ok);
}

/** A folder for the reports of this run; two runs side by side have one each. */
export function withReportFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(LOCAL_FOLDER, 'test');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'report-'));
  return use(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}
