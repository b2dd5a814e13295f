import { expect, it } from 'vitest';
import { emptyOverview } from '../../../../lambdas/domain/anomaly/overview.ts';
import { field, newSummary, type Summary } from '../../../../lambdas/domain/anomaly/watch.ts';
import { type Mute, muteSchema } from '../../../../lambdas/domain/mute/mute.ts';
import { mutedTrouble, troubleCovered } from '../../../../scripts/operator/trouble-covered.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';

const scannedAt = 1_000_000;
const seen = (name: string, lastSeen: number): Summary => {
  const summary = newSummary(exampleSeries(name, 'latency', 'Average'), 0);
  summary.record[field.lastSeen] = lastSeen;
  return summary;
};
const silent = newSummary(exampleSeries('checkout', 'heartbeat', 'SampleCount'), 0);
const summaries = [
  seen('checkout', scannedAt),
  seen('payments', scannedAt),
  seen('search', scannedAt - 600_000),
  silent,
];
const overview = {
  ...emptyOverview(),
  scannedAt,
  shards: [{ name: 'one', readTo: 0, trouble: null, summaries: new Map(summaries.map((one) => [one.series.id, one])) }],
  silences: new Map([[silent.series.id, { onset: 0, lastSeen: scannedAt, band: { low: 1, high: 2 } }]]),
};
const mute = (id: string, scope: unknown, from = 0): Mute =>
  muteSchema.parse({ id, why: 'mute', scope, from, until: 2 * scannedAt, reason: 'a test', by: 'someone', madeAt: 0 });
const [first, second, third] = ['1', '2', '3'].map((end) => `01ARZ3NDEKTSV4RRFFQ69G5FA${end}`) as [
  string,
  string,
  string,
];

it('counts a signal in trouble once, however many mutes cover it, and silences too', () => {
  const mutes = [
    mute(first, { of: 'service', service: 'checkout' }),
    mute(second, { of: 'series', series: summaries[0]?.series.id }),
    mute(third, { of: 'workload' }, scannedAt + 1),
  ];
  expect(mutedTrouble(mutes, overview, scannedAt)).toBe(2);
  expect([...troubleCovered(mutes, overview, scannedAt).values()]).toEqual([2, 1, 0]);
  expect(mutedTrouble(mutes, overview, scannedAt + 1), 'not the one that alarmed long ago').toBe(3);
});
