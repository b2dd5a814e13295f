import { describe, expect, it } from 'vitest';
import { closedPeriodsEnd } from '../../../../lambdas/domain/signal/closed-periods.ts';
import { normaliseSamples } from '../../../../lambdas/domain/signal/normalise.ts';

describe('normalising samples', () => {
  it.each(['Sum', 'SampleCount'] as const)('makes a %s a rate per minute, whatever the period', (statistic) => {
    expect(normaliseSamples({ statistic }, [{ at: 0, value: 3000 }], 300)).toEqual([{ at: 0, value: 600 }]);
    expect(normaliseSamples({ statistic }, [{ at: 0, value: 50 }], 5)).toEqual([{ at: 0, value: 600 }]);
  });

  it.each(['Average', 'Maximum', 'Minimum'] as const)('leaves an %s as it is', (statistic) => {
    expect(normaliseSamples({ statistic }, [{ at: 0, value: 42 }], 5)).toEqual([{ at: 0, value: 42 }]);
  });
});

describe('closed periods', () => {
  it('end on the grid, at least the settling time ago', () => {
    expect(closedPeriodsEnd(60_000, 5, 2)).toBe(55_000);
    expect(closedPeriodsEnd(62_000, 5, 2)).toBe(60_000);
    expect(closedPeriodsEnd(61_999, 5, 2)).toBe(55_000);
  });
});
