import { describe, expect, it } from 'vitest';
import {
  emptyOverview,
  forgetOld,
  lastAlarm,
  learningUntil,
  scanStatus,
  summariesOf,
} from '../../../../lambdas/domain/anomaly/overview.ts';
import { decodeOverview, encodeOverview } from '../../../../lambdas/domain/anomaly/overview-body.ts';
import { planShards } from '../../../../lambdas/domain/anomaly/plan-shards.ts';
import { field } from '../../../../lambdas/domain/anomaly/watch.ts';
import { objective } from '../../../support/budget-examples.ts';
import { exampleForecast, exampleSeries, topology } from '../../../support/detection-examples.ts';

const silent = exampleSeries('edge', 'heartbeat', 'SampleCount', 'edge-a');

function example() {
  const overview = emptyOverview();
  const series = [...['edge', 'checkout', 'search'].map((name) => exampleSeries(name, 'latency', 'Average')), silent];
  planShards(overview, series, { seriesInShard: 2, now: 5_000 });
  Object.assign(overview, { scannedAt: 61_234, fence: 7, sweptAt: 30_000, troubles: ['01BROKEN: no kind'], topology });
  for (const [index, { record }] of summariesOf(overview).entries()) {
    record[field.lastSeen] = 1000 * index;
    record[field.learning] = index === 0 ? 1 : 0;
  }
  Object.assign(overview.shards[0] ?? {}, { readTo: 60_000 });
  Object.assign(overview.shards[1] ?? {}, { readTo: 55_000, trouble: 'no answer' });
  overview.filed.set('one#above', 50_000);
  overview.silences.set(silent.id, { onset: 20_000, lastSeen: 60_000, band: { low: 1, high: 2 } });
  return overview;
}

describe('the overview', () => {
  it('comes back as it was', () => {
    expect(decodeOverview(encodeOverview(example()))).toEqual(example());
  });

  it('is refused when it is broken or of another version', () => {
    const body = encodeOverview(example());
    expect(decodeOverview(body.subarray(0, body.length - 8))).toBeNull();
    expect(decodeOverview(new Uint8Array([1, 2, 3]))).toBeNull();
    const other = new TextDecoder('latin1').decode(body).replace('cursor,', 'course,');
    expect(decodeOverview(Buffer.from(other, 'latin1'))).toBeNull();
  });

  it('tells how the last pass went', () => {
    const late = [{ shard: 'shard-0001', reason: 'no answer', readTo: 55_000 }];
    const troubles = ['01BROKEN: no kind'];
    expect(scanStatus(example())).toEqual({ scannedAt: 61_234, series: 4, learning: 1, shards: 2, late, troubles });
  });

  it('knows until when what is new is learnt at least', () => {
    const overview = example();
    for (const { record } of summariesOf(overview)) record[field.learning] = 0;
    expect(learningUntil(overview)).toBeNull();
    const [first, second] = summariesOf(overview);
    for (const summary of [first, second]) if (summary !== undefined) summary.record[field.learning] = 1;
    if (second !== undefined) second.record[field.firstSeenAt] = 30_000;
    expect(learningUntil(overview)).toBe(30_000 + 1_200_000);
    overview.scannedAt = 1_300_000;
    expect(learningUntil(overview)).toBeNull();
  });

  it('knows when a series last alarmed or was last silent', () => {
    const overview = example();
    const [, second] = summariesOf(overview);
    expect(lastAlarm(overview, [second?.series.id ?? silent.id])).toBe(1000);
    expect(lastAlarm(overview, [silent.id])).toBe(60_000);
    expect(lastAlarm(overview, [])).toBe(0);
  });

  it('counts a standing forecast like an alarm, so that what a person was told of is not opened again and again', () => {
    const overview = example();
    const [, second] = summariesOf(overview);
    if (second === undefined) throw new Error('the example has no second series');
    second.record[field.forecastMadeAt] = 42_000;
    expect(lastAlarm(overview, [second.series.id])).toBe(42_000);
  });

  it('keeps the budgets bit for bit, and says why nothing can be foretold of one', () => {
    const overview = example();
    const shares = { used: 0.1 + 0.2, burn: 2 / 3 };
    const forecast = { ...exampleForecast('edge', { minutes: 60 }), series: silent.id, madeAt: 61_000 };
    const standings = [
      { objective, ...shares, forecast, saidAt: 61_500.25, trouble: null },
      {
        objective: { ...objective, service: silent.service },
        ...shares,
        forecast: null,
        saidAt: null,
        trouble: 'it is used up',
      },
    ];
    overview.budgets = { end: 60_000, standings };
    const again = decodeOverview(encodeOverview(overview)) ?? emptyOverview();
    expect(again).toEqual(overview);
    expect(scanStatus(again).troubles).toEqual(['01BROKEN: no kind', 'error budget of edge: it is used up']);
  });

  it('forgets what is long past', () => {
    const overview = example();
    forgetOld(overview, 3_655_000);
    expect([overview.filed.size, overview.silences.size]).toEqual([0, 1]);
  });
});
