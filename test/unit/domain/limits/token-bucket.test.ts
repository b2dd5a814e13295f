import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawn, fullBucket, refilled, secondsUntil } from '../../../../lambdas/domain/limits/token-bucket.ts';

/** Times at which one was drawn, asking after each of so many waits, milliseconds. */
const draw = (perMinute: number, waits: readonly number[]): readonly number[] => {
  let now = 0;
  let bucket = fullBucket(perMinute, now);
  const made: number[] = [];
  for (const wait of waits) {
    now += wait;
    bucket = refilled(bucket, perMinute, now);
    if (secondsUntil(bucket, perMinute, 1) > 0) continue;
    bucket = drawn(bucket, 1);
    made.push(now);
  }
  return made;
};

describe('a token bucket', () => {
  it('gives no more than the limit in any minute, whenever it is asked', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 8_000 }), { minLength: 50, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), waits, (perMinute, asked) => {
        const made = draw(perMinute, asked);
        for (const from of made) {
          expect(made.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(perMinute);
        }
      }),
      { seed: 1 },
    );
  });

  it('gives at least three quarters of the limit to who asks all the time', () => {
    for (const perMinute of [4, 12, 60, 500]) {
      const made = draw(
        perMinute,
        Array.from({ length: 6_000 }, () => 100),
      );
      expect(made.length).toBeGreaterThanOrEqual(perMinute * 0.74 * 10);
    }
  });

  it('says exactly how long to wait', () => {
    const bucket = refilled({ level: -3, at: 0 }, 60, 0);
    const seconds = secondsUntil(bucket, 60, 1);
    expect(secondsUntil(refilled(bucket, 60, seconds * 1000), 60, 1)).toBeCloseTo(0);
    expect(secondsUntil(refilled(bucket, 60, seconds * 1000 - 100), 60, 1)).toBeGreaterThan(0);
  });

  it('lets a draw through that is larger than the bucket once it is full, and has it paid back', () => {
    const full = fullBucket(1_000, 0);
    expect(secondsUntil(full, 1_000, 5_000)).toBe(0);
    expect(secondsUntil(drawn(full, 5_000), 1_000, 1)).toBeGreaterThan(300);
  });
});
