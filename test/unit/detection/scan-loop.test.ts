import { describe, expect, it } from 'vitest';
import type { PassResult } from '../../../lambdas/detection/detect-anomalies.ts';
import { scanPasses, scanRhythm } from '../../../lambdas/detection/scan-loop.ts';

const scanner = { codeVersion: 'v1', invocation: 'one' };
const scanned: PassResult = {
  outcome: 'scanned',
  series: 1,
  learning: 0,
  opened: [],
  muted: 0,
  platformTrouble: null,
  shards: 1,
  late: [],
  troubles: [],
};

describe('the passes of one invocation', () => {
  it('may take over the lease at the first one only', async () => {
    const beginnings: boolean[] = [];
    const pass = scanPasses(
      async (_, beginning) => {
        beginnings.push(beginning);
        return scanned;
      },
      scanner,
      () => undefined,
    );
    expect([await pass(), await pass(), await pass()]).toEqual(['continue', 'continue', 'continue']);
    expect(beginnings).toEqual([true, false, false]);
  });

  it('wait while another invocation has the lease, and end when their own is gone', async () => {
    const outcomes: PassResult[] = [{ outcome: 'held' }, scanned, { outcome: 'held' }];
    const pass = scanPasses(
      async () => outcomes.shift() ?? scanned,
      scanner,
      () => undefined,
    );
    expect([await pass(), await pass(), await pass()]).toEqual(['continue', 'continue', 'stop']);
  });

  it('begin when the newest period has settled', () => {
    expect(scanRhythm({ scanIntervalSeconds: 5, settlingSeconds: 2, loopSeconds: 55 })).toEqual({
      intervalSeconds: 5,
      offsetSeconds: 2.5,
      loopSeconds: 55,
    });
  });
});
