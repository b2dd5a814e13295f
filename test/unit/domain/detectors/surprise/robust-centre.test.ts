import { describe, expect, it } from 'vitest';
import { learnCentre } from '../../../../../lambdas/domain/detectors/surprise/robust-centre.ts';

function centreOf(values: readonly number[]): Float64Array {
  const memory = new Float64Array(2);
  values.forEach((value, samples) => void learnCentre(memory, 0, value, 0.01, samples));
  return memory;
}

describe('the robust centre', () => {
  const ordinary = Array.from({ length: 400 }, (_, index) => 100 + (index % 5) - 2);

  it('finds centre and mean absolute deviation', () => {
    const [centre, spread] = centreOf(ordinary);
    expect(centre).toBeCloseTo(100, 0);
    expect(spread).toBeCloseTo(1.2, 1);
  });

  it('is hardly moved by wild values, however wild', () => {
    const [centre = 0, spread = 0] = centreOf([...ordinary, 1e9, -1e9, 1e30]);
    expect(Math.abs(centre - 100)).toBeLessThan(1);
    expect(spread).toBeLessThan(2);
  });

  it('follows a lasting step in the end', () => {
    expect(centreOf([...ordinary, ...new Array<number>(3000).fill(120)])[0]).toBeCloseTo(120, 0);
  });
});
