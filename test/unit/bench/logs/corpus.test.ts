import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLogs } from '../../../../bench/logs/corpus.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const reading = (text: string) => {
  writeFileSync(join(folder, 'Made_2k.log_structured.csv'), text);
  return readLogs(folder);
};

describe('a folder of labelled logs', () => {
  it('is read with the event of each line, whether or not a file begins with a byte order mark', () => {
    const rows = 'Content,EventId,EventTemplate\nsaid 1,E1,said <*>\n,E2\n"a, b",E1,\n';
    const logs = [{ system: 'Made', lines: ['said 1', '', 'a, b'], events: ['E1', 'E2', 'E1'] }];
    expect(reading(rows)).toEqual(logs);
    expect(reading(`\uFEFF${rows}`)).toEqual(logs);
  });

  it('is refused in one line when it is none', () => {
    expect(() => readLogs(join(folder, 'nowhere'))).toThrow(/no such folder/);
    expect(() => readLogs(folder)).toThrow(/holds no \*_structured\.csv file/);
    expect(() => reading('Content,Event\na,E1\n')).toThrow(/no column Content, or none EventId/);
  });

  it('is refused rather than scored when nothing in it can be scored', () => {
    expect(() => reading('Content,EventId\n')).toThrow(/Made_2k\.log_structured\.csv: has no row below its header/);
    expect(() => reading('Content,EventId\na,E1\nb\n')).toThrow(/csv: row 3 has no Content, or no EventId/);
    expect(() => reading('Content,EventId\na, \n')).toThrow(/csv: row 2 has no Content, or no EventId/);
  });
});
