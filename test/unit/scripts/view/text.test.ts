import { describe, expect, it } from 'vitest';
import { count, cut, padEnd, plain, widthOf, words, wrap } from '../../../../scripts/view/text.ts';

describe('plain', () => {
  it('takes every control out of text from outside', () => {
    const hostile = '\u001b[31mred\u001b[0m\u001b]8;;http://x\u0007link\u001b]8;;\u0007 one\r\ntwo\u202Ethree';
    const clean = plain(hostile);
    expect(clean).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(clean).toContain('red');
    expect(clean).toContain('one two');
  });
});

describe('widths', () => {
  it('do not count colours', () => {
    expect(widthOf('\u001b[33mgold\u001b[0m')).toBe(4);
    expect(widthOf(padEnd('\u001b[33mgold\u001b[0m', 9))).toBe(9);
  });

  it('cut with an ellipsis, within the width', () => {
    expect(cut('kintsugi', 20)).toBe('kintsugi');
    expect(cut('kintsugi', 5)).toBe('kint…');
    expect(cut('kintsugi', 1)).toBe('k');
  });

  it('wrap at spaces and break what is too long', () => {
    expect(wrap('mend it with gold', 8)).toEqual(['mend it', 'with', 'gold']);
    expect(wrap('a verylongword b', 5)).toEqual(['a', 'veryl', 'ongwo', 'rd b']);
    expect(wrap('', 5)).toEqual(['']);
    for (const line of wrap('one two three four five six seven', 7)) expect(widthOf(line)).toBeLessThanOrEqual(7);
  });
});

it('says names and numbers as people do', () => {
  expect(words('unboundedGrowth')).toBe('unbounded growth');
  expect(count(1, 'service')).toBe('1 service');
  expect(count(3, 'series', 'series')).toBe('3 series');
});
