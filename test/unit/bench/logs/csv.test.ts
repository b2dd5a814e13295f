import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../../bench/logs/csv.ts';

const parse = (text: string): string[][] => parseCsv(text, 'made.csv');

describe('a comma-separated file', () => {
  it('keeps quotes, commas and line breaks within quotes', () => {
    expect(parse('a,b\n"x, ""y""",2\r\n"two\nlines",\n')).toEqual([
      ['a', 'b'],
      ['x, "y"', '2'],
      ['two\nlines', ''],
    ]);
  });

  it('takes quotes within a field and lone carriage returns as they stand', () => {
    expect(parse('5" disk,say "hi" now,"of" two,""\r\none\rfield,E1\r')).toEqual([
      ['5" disk', 'say "hi" now', 'of two', ''],
      ['one\rfield', 'E1'],
    ]);
  });

  it('leaves out empty lines, and ends with or without one', () => {
    expect(parse('a,b\n\r\n\nc,d')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(parse('a,')).toEqual([['a', '']]);
    expect(parse('')).toEqual([]);
  });

  it('reads a field of any length', () => {
    const long = `${'x'.repeat(20_000_000)}""`;
    expect(parse(`"${long}",E1\n`)[0]?.[0]?.length).toBe(20_000_001);
  });

  it('names the row whose quote is never closed', () => {
    expect(() => parse('a,b\nc,d\n"e,f\ng,h\n')).toThrow('made.csv: row 3 opens a quote that is never closed');
  });
});
