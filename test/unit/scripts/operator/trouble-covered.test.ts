import { expect, it } from 'vitest';
import { emptyOverview } from '../../../../lambdas/domain/anomaly/overview.ts';
import { field, newSummary, type Summary } from '../../../../lambdas/domain/anomaly/watch.ts';
import { type Mute, muteSchema } from '../../../../lambdas/domain/mute/mute.ts';
import { mutedTrouble, troubleCovered } from '../../../../scripts/operator/trouble-covered.ts';
import { troubleText } from '../../../../scripts/view/trouble-text.ts';
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
const mute = (end: 1 | 2 | 3, scope: unknown, from = 0): Mute =>
  muteSchema.parse({
    id: `01ARZ3NDEKTSV4RRFFQ69G5FA${end}`,
    why: 'mute',
    scope,
    from,
    until: 2 * scannedAt,
    reason: 'a test',
    by: 'someone',
    madeAt: 0,
  });

it('counts a signal in trouble once, however many mutes cover it, and silences too', () => {
  const mutes = [
    mute(1, { of: 'service', service: 'checkout' }),
    mute(2, { of: 'series', series: summaries[0]?.series.id }),
    mute(3, { of: 'workload' }, scannedAt + 1),
  ];
  const at = (now: number) => ({ overview, periodSeconds: 5, now });
  expect(mutedTrouble(mutes, at(scannedAt))).toEqual({ inTrouble: 2, recovering: 0, quietSince: null });
  expect([...troubleCovered(mutes, at(scannedAt)).values()].map(({ inTrouble }) => inTrouble)).toEqual([2, 1, 0]);
  expect(mutedTrouble(mutes, at(scannedAt + 1)).inTrouble, 'not the one that alarmed long ago').toBe(3);
});

it('calls what has just gone quiet recovering, and not in trouble', () => {
  const recovered = seen('checkout', scannedAt - 60_000);
  const summaries = new Map([[recovered.series.id, recovered]]);
  const quiet = { ...overview, silences: new Map(), shards: [{ name: 'one', readTo: 0, trouble: null, summaries }] };
  const mutes = [mute(1, { of: 'service', service: 'checkout' })];
  const looked = { overview: quiet, periodSeconds: 5, now: scannedAt };
  const trouble = mutedTrouble(mutes, looked);
  expect(trouble).toEqual({ inTrouble: 0, recovering: 1, quietSince: scannedAt - 60_000 });
  expect(troubleText(trouble)).toBe('0 in trouble, 1 recovering, quiet since 00:15:40 UTC');
  expect(mutedTrouble(mutes, { ...looked, periodSeconds: 60 }).inTrouble, 'one period ago').toBe(1);
});
