import { describe, expect, it } from 'vitest';
import { isSparseCounter, withQuietPeriods } from '../../../../lambdas/domain/signal/sparse-counters.ts';

const at = (...minutes: number[]) => minutes.map((minute) => ({ at: minute * 60_000, value: 7 }));
const zeros = (...minutes: number[]) => at(...minutes).map((sample) => ({ ...sample, value: 0 }));
const until = (minute: number) => ({ quietTo: minute * 60_000, periodSeconds: 60 });

describe('a sparse counter', () => {
  it('counted nothing in a settled period that has requests and no point of its own', () => {
    expect(withQuietPeriods(at(2), at(0, 1, 2, 3, 4), until(5))).toEqual([...zeros(0, 1), ...at(2), ...zeros(3, 4)]);
  });

  it('says nothing of a period without requests', () => {
    expect(withQuietPeriods(at(2), at(1, 4), until(9))).toEqual([...zeros(1), ...at(2), ...zeros(4)]);
    expect(withQuietPeriods([], [], until(9))).toEqual([]);
  });

  it('may still speak of a period that has not settled, unless it has spoken of a later one', () => {
    expect(withQuietPeriods([], at(0, 1, 2), until(2))).toEqual(zeros(0, 1));
    expect(withQuietPeriods([], at(0, 1, 2), { ...until(2), quietTo: 2 * 60_000 - 1 })).toEqual(zeros(0));
    expect(withQuietPeriods(at(2), at(0, 1, 2, 3), until(1))).toEqual([...zeros(0, 1), ...at(2)]);
  });

  it('is a sum of failures, and no mean, and no count of anything else', () => {
    expect(isSparseCounter({ role: 'timeouts', statistic: 'Sum' })).toBe(true);
    expect(isSparseCounter({ role: 'errors', statistic: 'Average' })).toBe(false);
    expect(isSparseCounter({ role: 'other', statistic: 'Sum' })).toBe(false);
  });
});
