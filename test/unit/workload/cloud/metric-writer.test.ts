import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { metricWriter } from '../../../../lambdas/workload/cloud/metric-writer.ts';

/** A cloud that takes so many milliseconds for each call in turn, and the last of these for every one after them. */
const takes = (...milliseconds: readonly number[]) => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const left = [...milliseconds];
  const client = new CloudWatchClient({ region: 'us-east-1' });
  client.middlewareStack.add(
    () => async () => {
      vi.advanceTimersByTime((left.length > 1 ? left.shift() : left[0]) ?? 0);
      return { output: { $metadata: {} }, response: {} };
    },
    { step: 'initialize' },
  );
  return metricWriter(client, 'test', 5);
};
afterEach(() => vi.useRealTimers());

describe('how many points a second a cloud takes', () => {
  it('is not judged by a call that was held up', async () => {
    expect(await takes(300, 900, 50, 400).pointsPerSecond()).toBe(1000);
  });

  it('is little where every call takes long', async () => {
    expect(await takes(1250).pointsPerSecond()).toBe(40);
  });
});
