import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectorFor } from '../../../../lambdas/domain/detectors/detector-for.ts';
import type { Verdict } from '../../../../lambdas/domain/detectors/metric-detector.ts';
import type { MetricRole, Sample } from '../../../../lambdas/domain/signal/series.ts';
import { metricRoles } from '../../../../lambdas/domain/signal/series.ts';

const start = Date.UTC(2026, 0, 5);
const hour = 3600;

/** Noise that repeats by seed: uniform on [-1, 1). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 31 - 1;
  };
}

function series(fromSeconds: number, toSeconds: number, period: number, value: (second: number) => number): Sample[] {
  const samples: Sample[] = [];
  for (let second = fromSeconds; second < toSeconds; second += period) {
    samples.push({ at: start + second * 1000, value: value(second) });
  }
  return samples;
}

function run(role: MetricRole, samples: readonly Sample[], state = detectorFor(role).initial()): Verdict[] {
  return samples.map((sample) => detectorFor(role).observe(state, sample));
}

const alarms = (verdicts: readonly Verdict[]): number =>
  verdicts.filter(({ direction }) => direction !== 'within').length;

/** Milliseconds of latency with noise that shrinks with the period, as that of a mean does, and a daily rhythm. */
function latency(seed: number, period: number): (second: number) => number {
  const next = noise(seed);
  return (second) => 100 + 15 * Math.sin((second / 86_400) * 2 * Math.PI) + (40 / Math.sqrt(period)) * next();
}

/** A day at 5 minutes, an hour at the scan period, and then `extra` seconds of it. */
function history(seed: number, period: number, extra: number): Sample[] {
  return [
    ...series(0, 24 * hour, 300, latency(seed, 300)),
    ...series(24 * hour, 25 * hour + extra, period, latency(seed + 1, period)),
  ];
}

describe('the robust detector', () => {
  it.each([5, 60])('raises nothing when the period changes from 300 s to %i s', (period) => {
    const verdicts = run('latency', history(1, period, 6 * hour));
    expect(alarms(verdicts)).toBe(0);
    expect(verdicts.at(-1)?.learning).toBe(false);
  });

  it('says that it learns until it has points enough in number and in time', () => {
    const verdicts = run(
      'cpu',
      series(0, hour, 5, () => 30),
    );
    const learnt = verdicts.findIndex(({ learning }) => !learning);
    expect(learnt * 5).toBeGreaterThanOrEqual(20 * 60);
    expect(learnt * 5).toBeLessThan(25 * 60);
    const sparse = run(
      'cpu',
      series(0, 3 * hour, 900, () => 30),
    );
    expect(sparse.every(({ learning }) => learning)).toBe(true);
  });

  it.each([5, 60])('alarms soon after a step at a period of %i s, and not on one sample alone', (period) => {
    const state = detectorFor('latency').initial();
    run('latency', history(2, period, 0), state);
    const broken = run(
      'latency',
      series(25 * hour, 25 * hour + 10 * period, period, () => 400),
      state,
    );
    expect(broken[0]?.direction).toBe('within');
    expect(broken[Math.ceil(15 / period)]?.direction).toBe('above');
    expect(broken[Math.ceil(15 / period)]?.score).toBeGreaterThan(1);
  });

  it('is silent about a lone spike and about the harmless side', () => {
    const state = detectorFor('latency').initial();
    run('latency', history(3, 5, 0), state);
    const spike = series(25 * hour, 25 * hour + 600, 5, (second) => (second % 120 === 0 ? 900 : 100));
    expect(alarms(run('latency', spike, state))).toBe(0);
    expect(
      alarms(
        run(
          'latency',
          series(26 * hour, 26 * hour + 60, 5, () => 10),
          state,
        ),
      ),
    ).toBe(0);
  });

  it('keeps its band through trouble of a quarter of an hour', () => {
    const detector = detectorFor('latency');
    const state = detector.initial();
    run('latency', history(4, 5, 0), state);
    const before = detector.band(state, start);
    run(
      'latency',
      series(25 * hour, 25 * hour + 900, 5, () => 900),
      state,
    );
    const after = detector.band(state, start);
    expect(after.high).toBeLessThan(before.high * 1.06);
  });

  it('gathers restarts in short order, and lets one pass', () => {
    const history = series(0, 2 * hour, 5, () => 0);
    const restarts = (times: readonly number[]) =>
      series(2 * hour, 2 * hour + 300, 5, (second) => (times.includes(second - 2 * hour) ? 12 : 0));
    expect(alarms(run('restarts', [...history, ...restarts([0])]))).toBe(0);
    expect(alarms(run('restarts', [...history, ...restarts([0, 40, 80])]))).toBe(1);
  });

  const role = fc.constantFrom(...metricRoles);
  const values = fc.array(
    fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: 0, max: 1000, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
    ),
    { minLength: 40, maxLength: 400 },
  );
  const sampled = (list: readonly number[]): Sample[] =>
    list.map((value, index) => ({ at: start + index * 60_000, value }));

  it('is causal: what comes later changes no earlier verdict', () => {
    fc.assert(
      fc.property(role, values, values, (one, past, future) => {
        const alone = run(one, sampled(past));
        const together = run(one, sampled([...past, ...future]));
        expect(together.slice(0, past.length)).toEqual(alone);
      }),
      { numRuns: 50 },
    );
  });

  it('resumes from stored state as if it had never stopped', () => {
    fc.assert(
      fc.property(role, values, fc.nat(), (one, list, cut) => {
        const samples = sampled(list);
        const at = cut % samples.length;
        const state = detectorFor(one).initial();
        const first = run(one, samples.slice(0, at), state);
        const resumed = new Float64Array(state.slice().buffer);
        expect([...first, ...run(one, samples.slice(at), resumed)]).toEqual(run(one, samples));
      }),
      { numRuns: 50 },
    );
  });

  it('learns nothing from duplicates, late points and what is no number, and stays finite', () => {
    fc.assert(
      fc.property(role, values, fc.nat(), (one, list, pick) => {
        const samples = sampled(list);
        const clean = detectorFor(one).initial();
        run(one, samples, clean);
        const repeated = samples.flatMap((sample, index) => [
          sample,
          sample,
          samples[pick % (index + 1)] ?? sample,
          { at: sample.at + 1000, value: Number.NaN },
        ]);
        const state = detectorFor(one).initial();
        run(one, repeated, state);
        expect(state).toEqual(clean);
        expect([...state].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
