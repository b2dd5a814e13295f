import { expect, it } from 'vitest';
import { quantilesOf } from '../../../bench/report/summarise.ts';

it('takes median and p90 by nearest rank', () => {
  expect(quantilesOf([5, 1, 3, 2, 4])).toEqual({ median: 3, p90: 5 });
  expect(quantilesOf(Array.from({ length: 30 }, (_, index) => index + 1))).toEqual({ median: 15, p90: 27 });
  expect(quantilesOf([])).toEqual({ median: null, p90: null });
});

it('counts what never came as latest', () => {
  expect(quantilesOf([null, 2, 1])).toEqual({ median: 2, p90: null });
  expect(quantilesOf([null, null, 1])).toEqual({ median: null, p90: null });
});
