import { expect, it } from 'vitest';
import { growthOf } from '../../../bench/soak/growth.ts';
import { overLimit } from '../../../bench/soak/page.ts';

const run = (perHour: number) =>
  growthOf(
    Array.from({ length: 121 }, (_, minute) => ({
      at: minute * 60_000,
      figures: { 'emulator MB': 400 + (perHour * minute) / 60, 'rows in audit': minute * 100 },
    })),
  );

it('looks eight hours ahead, at what has a limit', () => {
  expect(overLimit(run(50))).toEqual([]);
  expect(overLimit(run(90))).toEqual(['emulator MB']);
});
