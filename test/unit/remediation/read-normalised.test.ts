import { describe, expect, it } from 'vitest';
import type { Yardstick } from '../../../lambdas/domain/incident/incident.ts';
import type { Series } from '../../../lambdas/domain/signal/series.ts';
import type { Telemetry } from '../../../lambdas/ports/telemetry.ts';
import { readNormalised } from '../../../lambdas/remediation/read-normalised.ts';
import { exampleSeries } from '../../support/detection-examples.ts';
import { broken, healthy, requests, times, verdictOf } from '../../support/judged-windows.ts';
import { start } from '../../support/response-examples.ts';
import { demand, failures } from '../../support/sparse-counters.ts';

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

  it('are zero where a sparse counter was quiet while requests were served, and nothing where those are missing', async () => {
    const asked: string[] = [];
    const stored = new Map([
      [failures.id, [{ at: 60_000, value: 3 }]],
      [demand.id, [0, 60_000, 120_000].map((at) => ({ at, value: 100 }))],
    ]);
    const readSamples: Telemetry['readSamples'] = async ({ series }) => {
      asked.push(...series.map(({ id }) => id));
      return new Map(series.map(({ id }) => [id, stored.get(id) ?? []]));
    };
    const request = { series: [failures], from: 0, to: 300_000, periodSeconds: 60 };
    const read = await readNormalised({ readSamples }, request);
    expect([...read]).toEqual([[failures.id, [0, 3, 0].map((value, index) => ({ at: index * 60_000, value }))]]);
    expect(asked).toEqual([failures.id, demand.id]);
  });

  it('let a sparse counter recover, and nothing recover whose requests are missing', async () => {
    const period = 5000;
    const base = start;
    const of = (series: Series, high: number): Yardstick => ({ ...requests, series, state: [0, high] });
    const verdict = async (servedFor: number) => {
      const stored = new Map([
        [failures.id, times(6, broken).map((_, index) => ({ at: base + index * period, value: 50 }))],
        [demand.id, times(6 + servedFor, healthy).map((_, index) => ({ at: base + index * period, value: 8 }))],
      ]);
      const series = [failures, demand];
      const to = base + 46 * period;
      const readSamples: Telemetry['readSamples'] = async () => stored;
      const samples = await readNormalised({ readSamples }, { series, from: base, to, periodSeconds: 5 });
      const yardsticks = [of(failures, 2), of(demand, 110)];
      return verdictOf({ after: times(40, healthy), change: { yardsticks, samples } }).verdict;
    };
    expect(await verdict(40)).toBe('recovered');
    expect(await verdict(2)).toBe('inconclusive');
  });
});
