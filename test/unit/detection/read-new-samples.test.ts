import { expect, it } from 'vitest';
import { readNewSamples } from '../../../lambdas/detection/read-new-samples.ts';
import { anomalyOf } from '../../../lambdas/domain/anomaly/anomaly-of.ts';
import { silentWatches } from '../../../lambdas/domain/anomaly/missing.ts';
import { emptyShard } from '../../../lambdas/domain/anomaly/shard.ts';
import { newWatch, read } from '../../../lambdas/domain/anomaly/watch.ts';
import type { Sample } from '../../../lambdas/domain/signal/series.ts';
import type { Telemetry } from '../../../lambdas/ports/telemetry.ts';
import { exampleSeries } from '../../support/detection-examples.ts';

const minute = 60_000;

it('reads on from where a series could not be read, and takes it for silent meanwhile no more', async () => {
  const beats = ['a', 'b', 'c', 'd'].map((name) => exampleSeries('edge', 'heartbeat', 'SampleCount', `edge-${name}`));
  const broken = beats[0]?.id;
  const shard = emptyShard();
  for (const series of beats) shard.watches.set(series.id, newWatch(series, 0));
  let failing = false;
  const telemetry = {
    readSamples: async ({ series, from, to }: Parameters<Telemetry['readSamples']>[0]) => {
      const answer = new Map<(typeof beats)[number]['id'], Sample[]>();
      for (const { id } of series) {
        if (failing && id === broken) continue;
        const samples: Sample[] = [];
        for (let at = Math.ceil(from / minute) * minute; at < to; at += minute) samples.push({ at, value: 12 });
        answer.set(id, samples);
      }
      return answer;
    },
  };
  const scan = (end: number) =>
    readNewSamples(telemetry, shard, { end, periodSeconds: 60, now: end, falseAlarmsPerMonth: 1 });
  const watches = () => [...shard.watches.values()];
  const begin = 100_000 * minute;
  await scan(begin);

  failing = true;
  for (let pass = 1; pass <= 8; pass += 1) await scan(begin + pass * minute);
  const end = begin + 8 * minute;
  expect(watches().map((watch) => end - read(watch, 'cursor'))).toEqual([9 * minute, minute, minute, minute]);
  expect(silentWatches(watches(), end, 60)).toEqual([]);

  failing = false;
  const archived = shard.unarchived.filter(({ series }) => series === broken).length;
  await scan(end + minute);
  expect(watches().map((watch) => end + minute - read(watch, 'cursor'))).toEqual([minute, minute, minute, minute]);
  expect(shard.unarchived.filter(({ series }) => series === broken).length - archived).toBe(9);
});

it('learns a day of what is stored of a series, and eight of one with a declared limit', async () => {
  const plain = exampleSeries('edge', 'other', 'Maximum');
  const limited = { ...exampleSeries('quota', 'other', 'Maximum'), limit: { value: 100, unit: '' } };
  const shard = emptyShard();
  for (const series of [plain, limited]) shard.watches.set(series.id, newWatch(series, 0));
  const asked = new Map<string, number>();
  const telemetry = {
    readSamples: async ({ series, from, periodSeconds }: Parameters<Telemetry['readSamples']>[0]) => {
      for (const { id } of series) asked.set(id, Math.min(asked.get(id) ?? from, from));
      const at = Math.ceil(from / (periodSeconds * 1000)) * periodSeconds * 1000;
      return new Map(series.map(({ id }) => [id, [{ at, value: 12 }]]));
    },
  };
  const end = 100_000 * minute;
  await readNewSamples(telemetry, shard, { end, periodSeconds: 60, now: end, falseAlarmsPerMonth: 1 });
  const days = (id: string) => Math.round((end - (asked.get(id) ?? end)) / (1440 * minute));
  expect([plain, limited].map(({ id }) => days(id))).toEqual([1, 8]);
});

it('judges what it reads at the longest interval that a scan may have', async () => {
  const periodSeconds = 900;
  const period = periodSeconds * 1000;
  const latency = exampleSeries('checkout', 'latency', 'Average');
  const shard = emptyShard();
  const watch = newWatch(latency, 0);
  shard.watches.set(latency.id, watch);
  const begin = 100_000 * period;
  const slowFrom = begin + 40 * period;
  const telemetry = {
    readSamples: async ({ from, to, periodSeconds: seconds }: Parameters<Telemetry['readSamples']>[0]) => {
      const samples: Sample[] = [];
      const step = seconds * 1000;
      for (let at = Math.ceil(from / step) * step; at < to; at += step) {
        samples.push({ at, value: (100 + ((at / 60_000) % 7)) * (at < slowFrom ? 1 : 10) });
      }
      return new Map([[latency.id, samples]]);
    },
  };
  const alarmed: number[] = [];
  for (let pass = 0; pass < 60; pass += 1) {
    const end = begin + pass * period;
    await readNewSamples(telemetry, shard, { end, periodSeconds, now: end, falseAlarmsPerMonth: 1 });
    if (anomalyOf(watch, end) !== null) alarmed.push(pass - 40);
  }
  expect(alarmed[0]).toBe(2);
});
