import { describe, expect, it } from 'vitest';
import { durationSeconds, oneOf, seedsOf, wholeNumber } from '../../../../scripts/operator/option-values.ts';
import { UserError } from '../../../../scripts/user-error.ts';

describe('values of options', () => {
  it('are names that are known, and else those are listed', () => {
    expect(oneOf('healer', 'nobody', ['kintsugi', 'nobody'])).toBe('nobody');
    expect(() => oneOf('healer', 'me', ['kintsugi', 'nobody'])).toThrow(
      new UserError("There is no healer 'me'. Known: kintsugi, nobody."),
    );
  });

  it('are whole numbers within bounds', () => {
    expect(wholeNumber('--limit', '300', 1, 86_400)).toBe(300);
    for (const text of ['0', '-1', '1.5', 'soon', '', '86401']) {
      expect(() => wholeNumber('--limit', text, 1, 86_400), text).toThrow(/^--limit is '.*from 1 to 86400\.$/);
    }
  });

  it('are times with their unit', () => {
    expect(['90s', '10m', '2h', '7d'].map((text) => durationSeconds('--for', text))).toEqual([90, 600, 7200, 604_800]);
    for (const text of ['0s', '5', 'm', '1.5h']) expect(() => durationSeconds('--for', text), text).toThrow(UserError);
  });

  it('are multiples where only those will do', () => {
    expect(wholeNumber('--step', '60', 5, 300, 5)).toBe(60);
    for (const text of ['7', '0', '305'])
      expect(() => wholeNumber('--step', text, 5, 300, 5), text).toThrow(/multiple of 5/);
  });

  it('are seeds one after another', () => {
    expect(seedsOf({ seeds: '3', firstSeed: '5' })).toEqual([5, 6, 7]);
  });
});
