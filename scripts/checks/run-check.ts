import { spawn } from 'node:child_process';
import { getPriority, setPriority } from 'node:os';
import { LOCAL_ACCESS_KEY, LOCAL_REGION } from '../cloud/local-environment.ts';
import { PROJECT_ROOT } from '../paths.ts';
import type { Check, CheckResult } from './check.ts';
import { vitestCounts } from './vitest-counts.ts';

/** In the unit of `nice`, where 0 is what a program starts with. Processes started by the check inherit it. */
const GIVES_WAY = 10;

/** From how much the caller gives way itself: only root may give way by less. */
export const givingWay = (own: number): number => Math.max(own, GIVES_WAY);

/** Runs one check to its end, with its output kept for the case that it fails. Interrupted, it passes that on and waits. */
export async function runCheck(check: Check): Promise<CheckResult> {
  const begun = performance.now();
  const [program = '', ...args] = check.command;
  const child = spawn(program, args, {
    cwd: PROJECT_ROOT,
    env: { ...environmentOfTests(process.env), ...check.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (check.waits === undefined && child.pid !== undefined) setPriority(child.pid, givingWay(getPriority()));
  const stop = (signal: NodeJS.Signals) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number>((done) => {
    child.on('error', (error) => {
      output += error.message;
      done(127);
    });
    child.on('close', (exitCode) => done(exitCode ?? 1));
  });
  for (const signal of signals) process.off(signal, stop);
  const ok = code === 0;
  const counts =
    check.report === undefined ? { passed: ok ? 1 : 0, failed: ok ? 0 : 1 } : await vitestCounts(check.report, ok);
  return { check, ok, seconds: (performance.now() - begun) / 1000, output, counts };
}

/** No test may reach a real account, whatever the shell it is started from is set up for. */
export function environmentOfTests(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(
    ([name]) => !/^(AWS|KINTSUGI|GEMINI|GOOGLE|OPENAI|GROQ|NVIDIA|ANTHROPIC)_/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    AWS_ACCESS_KEY_ID: LOCAL_ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: LOCAL_ACCESS_KEY,
    AWS_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_COLOR: '1',
  };
}
