import { describe, expect, it } from 'vitest';
import { growthOf } from '../../../bench/soak/growth.ts';

const minute = 60_000;

describe('growth', () => {
  it('is the slope an hour, without the start', () => {
    const samples = Array.from({ length: 100 }, (_, index) => ({
      at: Date.UTC(2030, 0, 1) + index * minute,
      figures: { memory: index < 10 ? 5000 : 1000 + index * 2, flat: 7 },
    }));
    const [memory, flat] = growthOf(samples);
    expect(memory?.perHour).toBeCloseTo(120, 6);
    expect(memory?.first).toBe(1020);
    expect(memory?.last).toBe(1198);
    expect(memory?.afterHours(8)).toBeCloseTo(1198 + 960, 6);
    expect(flat).toMatchObject({ name: 'flat', perHour: 0, highest: 7 });
  });

  it('is none from one sample', () => {
    expect(growthOf([{ at: 0, figures: { memory: 3 } }])[0]).toMatchObject({ perHour: 0, last: 3 });
  });
});
