import { describe, expect, it } from 'vitest';
import { readNormalised } from '../../../lambdas/remediation/read-normalised.ts';
import { exampleSeries } from '../../support/detection-examples.ts';

describe('samples as detectors see them', () => {
  it('are rates where they were counted, none where there were none, and absent where they could not be read', async () => {
    const counted = exampleSeries('middle', 'requests', 'Sum');
    const silent = exampleSeries('middle', 'latency', 'Average');
    const unread = exampleSeries('middle', 'errors', 'Sum');
    const answer = new Map([
      [counted.id, [{ at: 0, value: 5 }]],
      [silent.id, []],
    ]);
    const request = { series: [counted, silent, unread], from: 0, to: 5000, periodSeconds: 5 };
    const read = await readNormalised({ readSamples: async () => answer }, request);
    expect([...read]).toEqual([
      [counted.id, [{ at: 0, value: 60 }]],
      [silent.id, []],
    ]);
  });
});
