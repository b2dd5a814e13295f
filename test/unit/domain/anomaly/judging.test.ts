import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyOf } from '../../../../lambdas/domain/anomaly/anomaly-of.ts';
import { observeSample } from '../../../../lambdas/domain/anomaly/judge-sample.ts';
import { expectationOf, read, type Watch } from '../../../../lambdas/domain/anomaly/watch.ts';
import { bandOf } from '../../../../lambdas/domain/detectors/expectation.ts';
import { toleranceOf } from '../../../../lambdas/domain/detectors/role-tolerance.ts';
import { metricRoles, type Sample } from '../../../../lambdas/domain/signal/series.ts';
import {
  alarms,
  hour,
  judge,
  latency,
  learnt,
  live,
  series,
  start,
  steady,
  watchOf,
} from '../../../support/judged-series.ts';

describe('judging a watched series', () => {
  it.each([5, 60])('raises nothing when the period changes from 300 s to %i s', (period) => {
    const watch = learnt('latency', 1, period);
    expect(alarms(judge(watch, live(5 * hour, period, latency(3, period)), period))).toBe(0);
    expect(read(watch, 'learning')).toBe(0);
  });

  it('says that it learns until it has points enough in number and in time', () => {
    const watch = watchOf('cpu');
    const fresh = series(0, hour, 5, () => 30).findIndex((sample) => {
      observeSample(watch, sample, 5);
      return read(watch, 'learning') === 0;
    });
    expect(fresh * 5).toBeGreaterThanOrEqual(20 * 60);
    expect(fresh * 5).toBeLessThan(25 * 60);
  });

  it.each([5, 60])('alarms with the second sample of a step at a period of %i s', (period) => {
    const judged = judge(
      learnt('latency', 2, period),
      live(10 * period, period, () => 400),
      period,
    );
    expect(judged).toEqual(judged.map((_, index) => index >= 1));
  });

  // Four tenths of its level are tolerated in a latency.
  const justBeyond = 150;
  const withinTolerance = 135;

  it('alarms as soon on a step that is odd and just beyond what the role tolerates', () => {
    const step = live(60, 5, () => justBeyond);
    expect(judge(learnt('latency', 2, 5, steady), step, 5).indexOf(true)).toBe(1);
  });

  it('is silent about what is odd and not material, and tells how odd it was', () => {
    const watch = learnt('latency', 2, 5, steady);
    const step = live(5, 5, () => withinTolerance);
    expect(alarms(judge(watch, step, 5))).toBe(0);
    expect(read(watch, 'evidence')).toBeGreaterThan(1);
  });

  it('finds the more odd the more false alarms the operator takes', () => {
    const evidence = [0.1, 1, 10].map((knob) => {
      const watch = learnt('latency', 2, 5, steady);
      const step = live(5, 5, () => withinTolerance);
      judge(watch, step, 5, knob);
      return read(watch, 'evidence');
    });
    expect((evidence[1] ?? 0) / (evidence[0] ?? 0)).toBeCloseTo(10);
    expect((evidence[2] ?? 0) / (evidence[1] ?? 0)).toBeCloseTo(10);
  });

  it('tells which stream spoke', () => {
    const watch = learnt('latency', 2, 5);
    judge(
      watch,
      live(60, 5, () => 400),
      5,
    );
    expect(['novelty', 'envelope', 'change', 'level', 'week', 'variability']).toContain(anomalyOf(watch, 0)?.stream);
  });

  it('is silent about a lone spike and about the harmless side', () => {
    const spike = (second: number) => (second % 120 === 0 ? 900 : 100);
    expect(alarms(judge(learnt('latency', 3, 5), live(600, 5, spike), 5))).toBe(0);
    const watch = learnt('latency', 3, 5);
    expect(
      alarms(
        judge(
          watch,
          live(60, 5, () => 10),
          5,
        ),
      ),
    ).toBe(0);
    expect(read(watch, 'evidence')).toBe(0);
  });

  it('alarms on what creeps out of its band', () => {
    const ramp = (second: number) => 100 + (second - 25 * hour) / 8;
    const watch = learnt('latency', 3, 5);
    const judged = judge(watch, live(2400, 5, ramp), 5);
    expect(judged.indexOf(true) * 5).toBeGreaterThan(300);
    expect(judged.indexOf(true) * 5).toBeLessThan(900);
  });

  it('keeps its band through trouble of a quarter of an hour', () => {
    const watch = learnt('latency', 4, 5);
    const before = bandOf(expectationOf(watch), toleranceOf.latency);
    judge(
      watch,
      live(900, 5, () => 900),
      5,
    );
    const after = bandOf(expectationOf(watch), toleranceOf.latency);
    expect(after.high).toBeLessThan(before.high * 1.06);
  });

  it('takes suspicion that its history ended in for no trouble of now, unless that goes on', () => {
    const endingBadly = (value: number): Watch => {
      const watch = learnt('latency', 8, 5);
      for (const sample of series(25 * hour, 25 * hour + 60, 5, () => 400)) {
        observeSample(watch, sample, 5, { quietly: true });
      }
      judge(
        watch,
        series(25 * hour + 60, 25 * hour + 65, 5, () => value),
        5,
      );
      expect(Math.max(read(watch, 'above'), read(watch, 'below'))).toBeGreaterThan(0.5);
      return watch;
    };
    expect(read(endingBadly(100), 'suspectedAt')).toBe(0);
    expect(read(endingBadly(400), 'suspectedAt')).toBe(start + (25 * hour + 60) * 1000);
  });

  it('gathers restarts in short order, and lets one pass', () => {
    const restarting = (times: readonly number[]): number => {
      const watch = watchOf('restarts');
      for (const sample of series(23 * hour, 25 * hour, 5, () => 0)) observeSample(watch, sample, 5, { quietly: true });
      return alarms(
        judge(
          watch,
          live(300, 5, (second) => (times.includes(second - 25 * hour) ? 12 : 0)),
          5,
        ),
      );
    };
    expect(restarting([0])).toBe(0);
    expect(restarting([0, 40, 80])).toBeGreaterThan(0);
  });

  const role = fc.constantFrom(...metricRoles);
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e-300, -1e-300, 1e300, -1e300];
  const values = fc.array(
    fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: 0, max: 1000, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(...odd) },
    ),
    { minLength: 40, maxLength: 200 },
  );
  const sampled = (list: readonly number[]): Sample[] =>
    list.map((value, index) => ({ at: start + index * 60_000, value }));
  const told = (watch: Watch, samples: readonly Sample[]) =>
    samples.map((sample) => {
      observeSample(watch, sample, 60);
      return { anomaly: anomalyOf(watch, 0), evidence: read(watch, 'evidence') };
    });

  it('is causal: what comes later changes no earlier verdict', () => {
    fc.assert(
      fc.property(role, values, values, (one, past, future) => {
        const alone = told(watchOf(one), sampled(past));
        expect(told(watchOf(one), sampled([...past, ...future])).slice(0, past.length)).toEqual(alone);
      }),
      { numRuns: 50 },
    );
  });

  it('resumes from a stored record as if it had never stopped', () => {
    fc.assert(
      fc.property(role, values, fc.nat(), (one, list, cut) => {
        const samples = sampled(list);
        const whole = watchOf(one);
        const continuous = told(whole, samples);
        const first = watchOf(one);
        const before = told(first, samples.slice(0, cut % samples.length));
        const resumed: Watch = { ...first, record: first.record.slice() };
        expect([...before, ...told(resumed, samples.slice(cut % samples.length))]).toEqual(continuous);
        expect(Buffer.from(resumed.record.buffer)).toEqual(Buffer.from(whole.record.buffer));
      }),
      { numRuns: 50 },
    );
  });

  it('stays finite whatever finite values it is given, and sees again after them', () => {
    const largest = 1.7e308;
    for (const role of metricRoles) {
      const extremes = sampled(Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? -largest : largest)));
      const watch = watchOf(role);
      told(watch, extremes);
      expect(watch.record.every(Number.isFinite), role).toBe(true);
    }
    const value = latency(3, 60);
    const watch = learnt('latency', 2, 60);
    const extremes = live(120, 60, (second) => (second % 120 === 0 ? -largest : largest));
    const usual = series(25 * hour + 120, 27 * hour, 60, value);
    judge(watch, [...extremes, ...usual], 60);
    expect(read(watch, 'sustained')).toBeCloseTo(100, -2);
    expect(
      judge(
        watch,
        series(27 * hour, 27 * hour + 120, 60, () => 400),
        60,
      ),
    ).toEqual([false, true]);
  });

  it('learns nothing from duplicates, late points and what is no number, and stays finite', () => {
    fc.assert(
      fc.property(role, values, fc.nat(), (one, list, pick) => {
        const samples = sampled(list);
        const clean = watchOf(one);
        told(clean, samples);
        const repeated = samples.flatMap((sample, index) => [
          sample,
          sample,
          samples[pick % (index + 1)] ?? sample,
          { at: sample.at + 1000, value: Number.NaN },
        ]);
        const watch = watchOf(one);
        told(
          watch,
          repeated.filter(({ value }, index) => index % 4 !== 2 || Number.isFinite(value)),
        );
        expect(watch.record).toEqual(clean.record);
        expect(watch.record.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
