import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSurpriseDetector,
  type SurpriseVerdict,
} from '../../../../../lambdas/domain/detectors/surprise/surprise-detector.ts';
import type { Sample } from '../../../../../lambdas/domain/signal/series.ts';

const detector = createSurpriseDetector();
const start = Date.UTC(2026, 0, 5);
const minute = 60_000;

/** Park-Miller: noise that is the same in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
}

function series(length: number, value: (index: number, random: () => number) => number, step = minute): Sample[] {
  const random = noise(42);
  return Array.from({ length }, (_, index) => ({ at: start + index * step, value: value(index, random) }));
}

function judge(samples: readonly Sample[], state = detector.initial()): SurpriseVerdict[] {
  return samples.map((sample) => detector.observe(state, sample));
}

/** Values as they come from a broken exporter, at times as they come from a broken clock. */
const oddValue = fc.oneof(
  fc.double(),
  fc.constantFrom(
    0,
    -0,
    1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e-300,
    -1e-300,
    1e300,
    -1e300,
  ),
  fc.integer({ min: -1000, max: 1000 }),
);
const oddGap = fc.oneof(
  fc.constant(minute),
  fc.integer({ min: -minute, max: 10 * minute }),
  fc.constantFrom(0, 1, 864e5, 3e9),
);
const oddSeries = (maxLength: number) =>
  fc.array(fc.record({ value: oddValue, gap: oddGap }), { minLength: 1, maxLength }).map((steps): Sample[] => {
    let at = start + pastLength * minute;
    return steps.map(({ value, gap }) => {
      at += gap;
      return { at, value };
    });
  });

/** Pasts of ordinary series, past all learning and with a full library of shapes: what is odd comes after one of them. */
const pastLength = 400;
const pasts = [
  (_: number, random: () => number) => 200 + 60 * random(),
  (index: number, random: () => number) => 1e6 + 100 * Math.sin(index / 20) + random(),
  (index: number) => (index % 50 === 0 ? 3 : 0),
  () => 0,
].map((value) => {
  const state = detector.initial();
  judge(series(pastLength, value), state);
  return state;
});
const past = fc.constantFrom(...pasts);
const pastOrNone = fc.constantFrom(...pasts, detector.initial());

describe('the surprise detector', () => {
  const daily = (index: number, random: () => number) =>
    200 + 60 * Math.sin((index / 1440) * 2 * Math.PI) + 10 * random();

  it('says when, how and since when a series left its band', () => {
    const samples = series(5000, (index, random) => daily(index, random) + (index >= 4900 ? 300 : 0));
    const verdicts = judge(samples);
    const alarm = verdicts.findIndex((verdict, index) => index > 200 && verdict.score >= 1);
    expect(alarm).toBeGreaterThanOrEqual(4900);
    expect(alarm).toBeLessThan(4905);
    expect(verdicts[alarm]).toMatchObject({ direction: 'above', learning: false, since: samples[4900]?.at });
    expect(samples[alarm]?.value).toBeGreaterThan(verdicts[alarm]?.band.high ?? Number.POSITIVE_INFINITY);
  });

  it('alarms once for one trouble while the evidence goes on', () => {
    const verdicts = judge(series(5000, (index, random) => daily(index, random) + (index >= 4900 ? 300 : 0)));
    expect(verdicts.slice(4900).filter((verdict) => verdict.score >= 1).length).toBeLessThanOrEqual(3);
    expect(verdicts.slice(4905, 4915).every((verdict) => verdict.evidence > 0.1)).toBe(true);
  });

  it('stays silent on a quiet series and says so below as well as above', () => {
    expect(
      judge(series(6000, daily))
        .slice(1440)
        .filter((verdict) => verdict.score >= 1),
    ).toEqual([]);
    const fallen = judge(series(4000, (index, random) => daily(index, random) - (index >= 3900 ? 300 : 0)));
    expect(fallen.slice(1440).find((verdict) => verdict.score >= 1)?.direction).toBe('below');
  });

  it('notices a constant series that moves and stays moved, and lets a single blip pass', () => {
    const moved = judge(series(1600, (index) => (index >= 1500 ? 5 + (index % 3) : 0)));
    expect(moved.slice(1500, 1503).some((verdict) => verdict.score >= 1)).toBe(true);
    expect(moved.slice(0, 1500).every((verdict) => verdict.score < 1)).toBe(true);
    expect(moved[1400]?.band).toEqual({ low: 0, high: 0 });
    expect(judge(series(1600, (index) => (index === 1500 ? 1 : 0))).every((verdict) => verdict.score < 1)).toBe(true);
  });

  it('sees a small change on a large offset', () => {
    const verdicts = judge(series(3000, (index, random) => 1e12 + 10 * random() + (index >= 2900 ? 100 : 0)));
    expect(verdicts.slice(2900, 2905).some((verdict) => verdict.score >= 1)).toBe(true);
  });

  it('takes a counter reset for one odd moment and goes on', () => {
    const verdicts = judge(series(3000, (index) => (index % 1500) * 10));
    expect(verdicts.slice(1520, 2990).filter((verdict) => verdict.score >= 1).length).toBeLessThanOrEqual(2);
  });

  it('follows a change of resolution and a gap of days', () => {
    const coarse = series(600, daily, 5 * minute);
    const from = (coarse.at(-1)?.at ?? 0) + 3 * 864e5;
    const fine = series(3000, (index, random) => daily(index / 12, random), 5000).map(({ at, value }) => ({
      at: at - start + from,
      value,
    }));
    const state = detector.initial();
    judge(coarse, state);
    const verdicts = judge(fine, state);
    expect(verdicts.slice(100).filter((verdict) => verdict.score >= 1).length).toBeLessThanOrEqual(1);
  });

  it('freezes: the band of a copied state stays while the series gets used to a fault', () => {
    const state = detector.initial();
    judge(series(4320, daily), state);
    const before = state.slice();
    const at = start + 5000 * minute;
    const frozen = detector.band(before, at);
    judge(
      series(2000, () => 900).map((sample) => ({ ...sample, at: sample.at + 4320 * minute })),
      state,
    );
    expect(detector.band(before, at)).toEqual(frozen);
    expect(frozen.high).toBeLessThan(400);
    expect(detector.band(state, at + 2000 * minute).high).toBeGreaterThan(800);
  });

  it('is causal: what comes later changes no verdict', () => {
    fc.assert(
      fc.property(past, oddSeries(100), oddSeries(100), (before, samples, future) => {
        const alone = judge(samples, before.slice());
        expect(judge([...samples, ...future], before.slice()).slice(0, samples.length)).toEqual(alone);
        expect(alone.some(({ learning }) => learning)).toBe(false);
      }),
    );
  });

  it('resumes bit for bit, from bytes and from JSON, at any point', () => {
    fc.assert(
      fc.property(pastOrNone, oddSeries(200), fc.nat(200), past, (before, samples, cut, another) => {
        const whole = before.slice();
        const continuous = judge(samples, whole);
        const first = before.slice();
        judge(samples.slice(0, cut), first);
        const fromBytes = new Float64Array(new Uint8Array(first.buffer.slice(0)).buffer);
        const fromJson = Float64Array.from(JSON.parse(JSON.stringify(Array.from(first))));
        // What the detector does meanwhile is of no account.
        judge(samples, another.slice());
        expect(judge(samples.slice(cut), fromBytes)).toEqual(continuous.slice(cut));
        judge(samples.slice(cut), fromJson);
        expect(Buffer.from(fromBytes.buffer)).toEqual(Buffer.from(whole.buffer));
        expect(fromJson).toEqual(whole);
      }),
    );
  });

  it('learns a sample once however often it is delivered, and none that comes after a later one', () => {
    const deliveries = fc.array(fc.record({ delay: fc.nat(5), copies: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 200,
      maxLength: 200,
    });
    fc.assert(
      fc.property(past, oddSeries(200), deliveries, (before, samples, how) => {
        const delivered = samples
          .flatMap((sample, index) => {
            const { delay = 0, copies = 1 } = how[index] ?? {};
            return Array.from({ length: copies }, (_, copy) => ({ sample, turn: index + delay * (copy + 1) }));
          })
          .toSorted((one, other) => one.turn - other.turn)
          .map(({ sample }) => sample);
        let newest = start + (pastLength - 1) * minute;
        const inOrder = delivered.filter(({ at, value }) => {
          if (at <= newest || !Number.isFinite(value)) return false;
          newest = at;
          return true;
        });
        const once = before.slice();
        judge(inOrder, once);
        const again = before.slice();
        judge(delivered, again);
        expect(again).toEqual(once);
      }),
    );
  });

  it('crashes on none of 10,000 series, new or known, and keeps a state of finite numbers', () => {
    fc.assert(
      fc.property(pastOrNone, oddSeries(60), (before, samples) => {
        const state = before.slice();
        for (const { score, evidence, band, since } of judge(samples, state)) {
          expect(score >= 0 && evidence >= 0).toBe(true);
          expect(band.low <= band.high && Number.isFinite(since)).toBe(true);
        }
        expect(state.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  it('refuses a state of another version, and a knob that is no rate', () => {
    expect(() => detector.observe(new Float64Array(512).fill(9), { at: 0, value: 1 })).toThrow(RangeError);
    expect(() => detector.observe(new Float64Array(8), { at: 0, value: 1 })).toThrow(RangeError);
    expect(() => createSurpriseDetector({ falseAlarmsPerMonth: 0 })).toThrow(RangeError);
  });

  it('works on a part of a larger array that was zeros', () => {
    const record = new Float64Array(1100);
    const samples = series(400, daily);
    const verdicts = samples.map((sample) => detector.observe(record.subarray(13, 13 + detector.stateLength), sample));
    expect(verdicts).toEqual(judge(samples));
    expect(record.subarray(0, 13).every((value) => value === 0)).toBe(true);
    expect(record.subarray(13 + detector.stateLength).every((value) => value === 0)).toBe(true);
  });

  it('keeps its state within 4 KiB', () => {
    expect(detector.initial().byteLength).toBeLessThanOrEqual(4096);
  });
});
