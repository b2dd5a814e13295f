import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult, Counts } from '../../../../scripts/checks/check.ts';
import { environmentOfTests } from '../../../../scripts/checks/run-check.ts';
import { vitestCounts } from '../../../../scripts/checks/vitest-counts.ts';
import { closingLine } from '../../../../scripts/checks/wording.ts';

const result = (counts: Counts): CheckResult => ({
  check: { id: 'x', title: 'X', command: [] },
  ok: counts.failed === 0,
  seconds: 1,
  output: '',
  counts,
});

describe('the closing line', () => {
  it('adds up what all checks counted', () => {
    const results = [result({ passed: 1, failed: 0 }), result({ passed: 40, failed: 2 })];

    expect(closingLine(results)).toBe('Tests: 41 passed, 2 failed');
  });
});

describe('the counts of a vitest run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kintsugi-counts-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const countsOf = async (report: unknown, ok: boolean): Promise<Counts> => {
    const file = join(folder, 'report.json');
    await writeFile(file, JSON.stringify(report));
    return vitestCounts(file, ok);
  };
  const passed = { status: 'passed', assertionResults: [{ status: 'passed' }] };

  it('are those of its report', async () => {
    const report = { numPassedTests: 7, numFailedTests: 0, testResults: [passed] };

    expect(await countsOf(report, true)).toEqual({ passed: 7, failed: 0 });
  });

  it('hold a file that could not be loaded as one failure', async () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 0,
      testResults: [passed, { status: 'failed', assertionResults: [] }],
    };

    expect(await countsOf(report, false)).toEqual({ passed: 7, failed: 1 });
  });

  it('hold a run that failed without a failed test as one failure', async () => {
    const report = { numPassedTests: 7, numFailedTests: 0, testResults: [passed] };

    expect(await countsOf(report, false)).toEqual({ passed: 7, failed: 1 });
  });

  it('hold a run without a report as one failure', async () => {
    expect(await vitestCounts(join(folder, 'none.json'), true)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('the environment of the tests', () => {
  it('holds nothing of a real account', () => {
    const environment = environmentOfTests({
      PATH: '/bin',
      AWS_PROFILE: 'work',
      AWS_SESSION_TOKEN: 'secret',
      GEMINI_API_KEY: 'secret',
      KINTSUGI_ENDPOINT: 'http://127.0.0.1:4566',
    });

    expect(Object.values(environment)).not.toContain('secret');
    expect(environment).not.toHaveProperty('AWS_PROFILE');
    expect(environment).not.toHaveProperty('KINTSUGI_ENDPOINT');
    expect(environment['PATH']).toBe('/bin');
  });
});
