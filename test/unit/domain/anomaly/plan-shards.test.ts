import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abandonedSeconds } from '../../../../lambdas/domain/anomaly/missing.ts';
import { emptyOverview, type Overview } from '../../../../lambdas/domain/anomaly/overview.ts';
import { planShards } from '../../../../lambdas/domain/anomaly/plan-shards.ts';
import { field } from '../../../../lambdas/domain/anomaly/watch.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';
import { demand, failures } from '../../../support/sparse-counters.ts';

const series = (number: number) => exampleSeries('edge', 'cpu', 'Average', `edge-${number}`);
const many = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => series(from + index));
const places = ({ shards }: Overview) =>
  new Map(shards.flatMap(({ name, summaries }) => [...summaries.keys()].map((id) => [id, name] as const)));
const longAgo = (abandonedSeconds + 1) * 1000;

describe('the plan', () => {
  it('fills shards up to their size and opens no more than that needs', () => {
    const overview = emptyOverview();
    planShards(overview, many(0, 25), { seriesInShard: 10, now: 0 });
    expect(overview.shards.map(({ name, summaries }) => [name, summaries.size])).toEqual([
      ['shard-0000', 10],
      ['shard-0001', 10],
      ['shard-0002', 5],
    ]);
  });

  it('is the same in whatever order the series are listed', () => {
    const [one, other] = [emptyOverview(), emptyOverview()];
    planShards(one, many(0, 25), { seriesInShard: 10, now: 0 });
    planShards(other, many(0, 25).toReversed(), { seriesInShard: 10, now: 0 });
    expect(places(other)).toEqual(places(one));
  });

  it('keeps a series that is not listed until it has been silent for hours, and then gives its place away', () => {
    const overview = emptyOverview();
    planShards(overview, many(0, 20), { seriesInShard: 10, now: 0 });
    const [place] = [...places(overview)].filter(([id]) => id === series(3).id);
    planShards(overview, [...many(0, 3), ...many(4, 20)], { seriesInShard: 10, now: 60_000 });
    expect(places(overview).size).toBe(20);
    planShards(overview, [...many(0, 3), ...many(4, 21)], { seriesInShard: 10, now: longAgo });
    expect(places(overview).get(series(20).id)).toBe(place?.[1]);
    expect(overview.shards).toHaveLength(2);
  });

  it('lets go of a living series that is chosen no more, unless nothing is listed at all', () => {
    const overview = emptyOverview();
    const hour = 3_600_000;
    planShards(overview, many(0, 3), { seriesInShard: 10, now: 9 * hour });
    for (const [index, summary] of [...(overview.shards[0]?.summaries.values() ?? [])].entries()) {
      summary.record[field.cursor] = (index === 2 ? 7 : 9) * hour;
    }
    planShards(overview, [], { seriesInShard: 10, now: 9 * hour });
    expect(places(overview).size).toBe(3);
    planShards(overview, many(0, 1), { seriesInShard: 10, now: 9 * hour });
    // The second spoke just now and was untagged; the third may be silent for a reason that is to be told.
    expect([...places(overview).keys()]).toEqual([series(0).id, series(2).id]);
  });

  it('keeps a counter of failures that left the list for having nothing to say, for as long as its requests are listed', () => {
    const overview = emptyOverview();
    const others = [demand, ...many(0, 2)];
    planShards(overview, [failures, ...others], { seriesInShard: 10, now: 0 });
    planShards(overview, others, { seriesInShard: 10, now: longAgo });
    expect(places(overview).has(failures.id)).toBe(true);
    planShards(overview, many(0, 2), { seriesInShard: 10, now: longAgo });
    expect(places(overview).has(failures.id)).toBe(false);
  });

  it('takes over a limit that was declared of a living series', () => {
    const overview = emptyOverview();
    planShards(overview, many(0, 1), { seriesInShard: 10, now: 0 });
    const summary = overview.shards[0]?.summaries.get(series(0).id);
    const limit = { value: 80, unit: '' };
    planShards(overview, [{ ...series(0), limit }], { seriesInShard: 10, now: 60_000 });
    expect(overview.shards[0]?.summaries.get(series(0).id)).toEqual({ ...summary, series: { ...series(0), limit } });
  });

  it('ends a shard whose last series has ended, and takes its name again', () => {
    const overview = emptyOverview();
    planShards(overview, many(0, 20), { seriesInShard: 10, now: 0 });
    const kept = overview.shards[1];
    planShards(overview, many(0, 20).slice(10), { seriesInShard: 10, now: longAgo });
    const gone = overview.shards.length;
    planShards(overview, many(0, 40), { seriesInShard: 10, now: longAgo });
    expect(kept).toBeDefined();
    expect(gone).toBeLessThanOrEqual(2);
    expect(new Set(overview.shards.map(({ name }) => name)).size).toBe(4);
  });

  it('moves no living series, whatever comes and goes', () => {
    const listings = fc.array(fc.uniqueArray(fc.nat({ max: 60 })), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(listings, fc.integer({ min: 1, max: 9 }), (passes, seriesInShard) => {
        const overview = emptyOverview();
        let before = places(overview);
        for (const [pass, numbers] of passes.entries()) {
          planShards(overview, numbers.map(series), { seriesInShard, now: (pass * longAgo) / 3 });
          const after = places(overview);
          for (const [id, place] of before) if (after.has(id)) expect(after.get(id)).toBe(place);
          for (const number of numbers) expect(after.has(series(number).id)).toBe(true);
          for (const { summaries } of overview.shards) expect(summaries.size).toBeLessThanOrEqual(seriesInShard);
          before = after;
        }
      }),
    );
  });
});
