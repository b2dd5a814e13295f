import { describe, expect, it } from 'vitest';
import { makeHistory, shortHistory } from '../../../lambdas/workload/history.ts';

const to = Date.UTC(2026, 2, 3, 10, 2, 35);
const length = {
  coarsePeriodSeconds: 300,
  coarsePoints: 'whole',
  coarseSeconds: 7200,
  fineSeconds: 600,
  logSeconds: 60,
} as const;
const history = makeHistory({ seed: 1, to, stepSeconds: 5 }, length);
const oldest = history.series.find(([first]) => first?.metric === 'RequestCount' && first.instance === null) ?? [];

describe('the history of a new shop', () => {
  it('ends where the live shop goes on', () => {
    expect(history.state.at).toBe(to);
    expect(oldest.at(-1)?.at).toBe(to - 5_000);
  });

  it('is coarse first and then in live steps, without a gap or an overlap', () => {
    const lengths = oldest.map((point, index) => (oldest[index + 1]?.at ?? to) - point.at);
    const coarse = lengths.filter((milliseconds) => milliseconds === 300_000).length;
    expect(coarse).toBe((7200 - 600) / 300);
    expect(lengths.slice(coarse).every((milliseconds) => milliseconds === 5_000)).toBe(true);
    expect(lengths.length - coarse).toBeGreaterThanOrEqual(600 / 5);
  });

  it('begins its coarse part on the grid of its period', () => {
    expect((oldest[0]?.at ?? 1) % 300_000).toBe(0);
  });

  it('publishes heartbeats last', () => {
    const beats = history.series.map(([first]) => first?.metric === 'Heartbeat');
    expect(beats).toContain(true);
    expect(beats.slice(beats.indexOf(true)).every((beat) => beat)).toBe(true);
  });

  it('has log lines for its newest part only', () => {
    expect(history.logs.length).toBeGreaterThan(0);
    expect(Math.min(...history.logs.map(({ at }) => at))).toBeGreaterThanOrEqual(to - 65_000);
  });

  it('for a slow cloud speaks in live steps throughout, because that is how the last hour is read', () => {
    const short = makeHistory({ seed: 1, to, stepSeconds: 5 }, shortHistory);
    const [requests = []] = short.series.filter(
      ([first]) => first?.metric === 'RequestCount' && first.instance === null,
    );
    const sparse = requests.filter((_, index) => (requests[index + 1]?.at ?? to) - (requests[index]?.at ?? to) > 5_000);
    expect(sparse.length).toBeGreaterThanOrEqual(20);
    const typical = requests.at(-1)?.value ?? 0;
    for (const point of requests) expect(point.value).toBeLessThan(3 * typical);
  });
});
