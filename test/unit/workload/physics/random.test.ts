import { describe, expect, test } from 'vitest';
import { hash, normal, poisson, uniform } from '../../../../lambdas/workload/physics/random.ts';

const steps = Array.from({ length: 20_000 }, (_, step) => 358_000_000 + step);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};

describe('draws by hash', () => {
  test('are uniform, and unlike for neighbouring seeds, entities, steps and purposes', () => {
    const draws = steps.map((step) => uniform(1, 2, step, 3));
    expect(mean(draws)).toBeCloseTo(0.5, 1);
    expect(deviation(draws)).toBeCloseTo(Math.sqrt(1 / 12), 1);
    const base = hash(1, 2, 3, 4);
    for (const other of [hash(2, 2, 3, 4), hash(1, 3, 3, 4), hash(1, 2, 4, 4), hash(1, 2, 3, 5)]) {
      expect(other).not.toBe(base);
    }
    const neighbours = steps.map((step) => uniform(1, 3, step, 3));
    const product = mean(draws.map((draw, index) => (draw - 0.5) * ((neighbours[index] ?? 0) - 0.5)));
    expect(Math.abs(product)).toBeLessThan(0.002);
  });

  test('normal draws have mean 0 and deviation 1', () => {
    const draws = steps.map((step) => normal(7, 1, step, 9));
    expect(Math.abs(mean(draws))).toBeLessThan(0.03);
    expect(deviation(draws)).toBeCloseTo(1, 1);
  });

  test.each([0.3, 6, 39, 41, 900])('counts of mean %d have that mean and variance', (expected) => {
    const draws = steps.map((step) => poisson(expected, 7, 1, step, 11));
    expect(Math.abs(mean(draws) / expected - 1)).toBeLessThan(0.03);
    expect(Math.abs(deviation(draws) ** 2 / expected - 1)).toBeLessThan(0.06);
    expect(draws.every((draw) => Number.isInteger(draw) && draw >= 0)).toBe(true);
  });

  test('nothing is counted at a mean of nothing', () => {
    expect(poisson(0, 1, 1, 1, 1)).toBe(0);
    expect(poisson(-3, 1, 1, 1, 1)).toBe(0);
  });
});
