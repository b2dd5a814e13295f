import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Counts } from './check.ts';

const report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/**
 * What vitest counted. A file that could not even be loaded has no tests to count and is one failure; so is a run that
 * failed without a failed test, such as one with an unhandled rejection, or one that wrote no report.
 */
export async function vitestCounts(file: string, ok: boolean): Promise<Counts> {
  const parsed = report.safeParse(await readJson(file));
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests, testResults } = parsed.data;
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = numFailedTests + brokenFiles.length;
  return { passed, failed: failed === 0 && !ok ? 1 : failed };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
