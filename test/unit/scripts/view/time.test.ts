import { describe, expect, it } from 'vitest';
import { dateAndTime, duration, offset, timeOfDay } from '../../../../scripts/view/time.ts';

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [-5, '0 ms'],
    [420, '420 ms'],
    [949, '949 ms'],
    [4_240, '4.2 s'],
    [9_960, '10 s'],
    [59_600, '1 min'],
    [65_000, '1 min 5 s'],
    [3_600_000, '1 h'],
    [7_380_000, '2 h 3 min'],
  ])('says %d ms as %s', (milliseconds, said) => {
    expect(duration(milliseconds)).toBe(said);
  });
});

describe('offset', () => {
  it.each([
    [0, '+0:00'],
    [7_900, '+0:07'],
    [-12_000, '-0:12'],
    [-400, '+0:00'],
    [725_000, '+12:05'],
    [3_723_000, '+1:02:03'],
  ])('writes %d ms as %s', (milliseconds, written) => {
    expect(offset(milliseconds)).toBe(written);
  });
});

it('writes moments in UTC', () => {
  const at = Date.UTC(2030, 0, 2, 3, 4, 5, 678);
  expect(timeOfDay(at)).toBe('03:04:05');
  expect(dateAndTime(at)).toBe('2030-01-02 03:04:05');
});
