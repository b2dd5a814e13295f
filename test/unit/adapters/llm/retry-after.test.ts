import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../../lambdas/adapters/llm/retry-after.ts';

const now = Date.UTC(2026, 2, 3, 10, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['7', 7],
    ['0.5', 0.5],
    ['Tue, 03 Mar 2026 10:00:30 GMT', 30],
    ['Tue, 03 Mar 2026 09:00:00 GMT', 0],
    ['-1', null],
    ['soon', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j is %j seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
