import type { Check, CheckResult } from './check.ts';

export function startLine(check: Check, index: number, count: number): string {
  return `[${index + 1}/${count}] ${check.title}`;
}

export function outcomeLine({ ok, seconds, check, counts }: CheckResult): string {
  const tests = check.report === undefined ? '' : `, ${counts.passed} passed, ${counts.failed} failed`;
  return `      ${ok ? 'ok' : 'FAILED'} ${check.title} in ${seconds.toFixed(1)} s${tests}`;
}

export function summaryLines(results: readonly CheckResult[], elapsedSeconds: number): string[] {
  const lines = results.map(
    ({ ok, check, seconds }) => `${ok ? 'ok    ' : 'FAILED'} ${check.title} (${seconds.toFixed(1)} s)`,
  );
  return [...lines, `All of it took ${elapsedSeconds.toFixed(0)} s`];
}

/** Read by machines too: the last line, in exactly this form. A check that is no test run counts as one test. */
export function closingLine(results: readonly CheckResult[]): string {
  const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
  const failed = results.reduce((sum, { counts }) => sum + counts.failed, 0);
  return `Tests: ${passed} passed, ${failed} failed`;
}
