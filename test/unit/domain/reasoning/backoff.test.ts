import { expect, it } from 'vitest';
import { backoffMilliseconds } from '../../../../lambdas/domain/reasoning/backoff.ts';

it('doubles up to a limit, and is spread over all of it', () => {
  expect([1, 2, 3, 5, 9].map((failures) => backoffMilliseconds(failures, null, 1))).toEqual([
    500, 1000, 2000, 8000, 8000,
  ]);
  expect(backoffMilliseconds(3, null, 0.25)).toBe(500);
  expect(backoffMilliseconds(3, null, 0)).toBe(0);
});

it('is never shorter than what the provider asks for', () => {
  expect(backoffMilliseconds(1, 30, 0.1)).toBe(30_000);
  expect(backoffMilliseconds(4, 1, 0.99)).toBe(3960);
});
