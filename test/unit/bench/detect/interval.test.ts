import { describe, expect, it } from 'vitest';
import { mostExpected, shareOf } from '../../../../bench/detect/interval.ts';

describe('intervals of 95%', () => {
  it('are those of Wilson for shares', () => {
    const half = shareOf(50, 100);
    expect(half.low).toBeCloseTo(0.4038, 3);
    expect(half.high).toBeCloseTo(0.5962, 3);
    expect(shareOf(10, 10)).toMatchObject({ share: 1, high: 1 });
    expect(shareOf(10, 10).low).toBeCloseTo(0.7225, 3);
    expect(shareOf(0, 0)).toMatchObject({ low: 0, high: 1 });
  });

  it('are exact for counts', () => {
    expect(mostExpected(0)).toBeCloseTo(3.689, 3);
    expect(mostExpected(5)).toBeCloseTo(11.668, 3);
  });
});
