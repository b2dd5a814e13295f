import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffSeconds } from '../../../../lambdas/domain/limits/backoff.ts';

describe('the wait before another try', () => {
  it('doubles, is spread over its upper half and ends at the longest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), (tried, random) => {
        const whole = Math.min(20, 2 ** (tried - 1));
        const seconds = backoffSeconds(tried, random);
        expect(seconds).toBeGreaterThanOrEqual(whole / 2);
        expect(seconds).toBeLessThanOrEqual(whole);
      }),
      { seed: 1 },
    );
  });

  it('is never shorter than what the provider asked for', () => {
    expect(backoffSeconds(1, 0, { retryAfterSeconds: 7 })).toBe(7);
    expect(backoffSeconds(9, 1, { retryAfterSeconds: 7 })).toBe(20);
  });
});
