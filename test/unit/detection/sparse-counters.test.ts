import { describe, expect, it } from 'vitest';
import { memoryTelemetry } from '../../../lambdas/adapters/memory/telemetry.ts';
import { readNewSamples } from '../../../lambdas/detection/read-new-samples.ts';
import { anomalyOf } from '../../../lambdas/domain/anomaly/anomaly-of.ts';
import { emptyShard } from '../../../lambdas/domain/anomaly/shard.ts';
import { newWatch, read } from '../../../lambdas/domain/anomaly/watch.ts';
import type { SeriesId } from '../../../lambdas/domain/ids.ts';
import { balancer, demand, failures } from '../../support/sparse-counters.ts';

const minute = 60_000;
const begin = 100_000 * minute;

/** Three quiet hours are stored when the first scan comes; the counter alone is watched, its requests are of another shard. */
const aBalancer = ({ counted = true, from = -180 } = {}) => {
  const telemetry = memoryTelemetry();
  const shard = emptyShard();
  const watch = newWatch(failures, begin);
  shard.watches.set(failures.id, watch);
  const publish = (metric: string, after: number, value: number) =>
    telemetry.publish({ metrics: [{ ...balancer, metric, at: begin + after * minute, value }], logs: [], changes: [] });
  if (counted) for (let after = from; after < 60; after += 1) publish(demand.metric, after, 1000 + (after % 7));
  const asked: SeriesId[] = [];
  const scan = (after: number) => {
    const end = begin + after * minute;
    const readSamples: typeof telemetry.readSamples = (request) => {
      asked.push(...request.series.map(({ id }) => id));
      return telemetry.readSamples(request);
    };
    return readNewSamples({ readSamples }, shard, { end, periodSeconds: 60, now: end, falseAlarmsPerMonth: 1 });
  };
  const alarms = (after: number) => anomalyOf(watch, begin + after * minute) !== null;
  return { publish, scan, alarms, watch, shard, asked };
};

/** Minutes after the first error in which it alarmed. */
const alarmsOf = async (balanced: ReturnType<typeof aBalancer>, firstScan: number): Promise<readonly number[]> => {
  const alarmed: number[] = [];
  for (let after = firstScan; after < 40; after += 1) {
    if (after > 20) balanced.publish(failures.metric, after - 1, 500);
    await balanced.scan(after);
    if (balanced.alarms(after)) alarmed.push(after - 20);
  }
  return alarmed;
};

describe('a counter of errors that is published only when there are some', () => {
  it('alarms on its first errors where requests were served all the while, with nothing of it ever stored before', async () => {
    expect((await alarmsOf(aBalancer(), 0))[0]).toBeLessThanOrEqual(2);
  });

  it('alarms when it is listed only after its first errors', async () => {
    const balanced = aBalancer();
    balanced.publish(failures.metric, 20, 500);
    expect((await alarmsOf(balanced, 22))[0]).toBeLessThanOrEqual(3);
  });

  it('alarms as ever, which is not at all, where no requests are counted', async () => {
    expect(await alarmsOf(aBalancer({ counted: false }), 0)).toEqual([]);
  });

  it('does not alarm while it is quiet, and archives no zero that nobody published', async () => {
    const { scan, alarms, shard, watch } = aBalancer();
    for (let after = 0; after < 20; after += 1) {
      await scan(after);
      expect(alarms(after)).toBe(false);
    }
    expect(read(watch, 'learning')).toBe(0);
    expect(shard.unarchived).toEqual([]);
  });

  it('still hears of a period two scans after its requests, and no more once it was taken for quiet', async () => {
    const heard = async (scansLate: number) => {
      const { publish, scan, watch } = aBalancer();
      for (let after = 0; after <= 20 + scansLate; after += 1) await scan(after);
      publish(failures.metric, 19, 500);
      await scan(21 + scansLate);
      return { at: (read(watch, 'cursor') - begin) / minute, mean: Math.round(read(watch, 'sustained')) };
    };
    expect(await heard(1)).toMatchObject({ at: 19 });
    expect((await heard(1)).mean).toBeGreaterThan(300);
    expect((await heard(2)).mean).toBe(0);
  });

  it('asks for its requests only where it said nothing', async () => {
    const { publish, scan, asked } = aBalancer({ from: -1600 });
    for (let after = -1600; after < 10; after += 1) publish(failures.metric, after, 0);
    await scan(0);
    await scan(1);
    expect(new Set(asked)).toEqual(new Set([failures.id]));
  });
});
