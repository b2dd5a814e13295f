import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCorpus } from '../../../../bench/nab/corpus.ts';
import { detectors } from '../../../../bench/nab/detectors.ts';
import { evaluate } from '../../../../bench/nab/evaluate.ts';
import { profileNames, profiles } from '../../../../bench/nab/profiles.ts';
import { rowValues } from '../../../../bench/nab/row-values.ts';
import { bestThreshold } from '../../../../bench/nab/sweep.ts';

let folder = '';

/** Two categories of one file each: 20 days of five-minute rows, with a step labelled in the first. */
function writeCorpus(): void {
  const rows = 20 * 288;
  const time = (row: number) =>
    new Date(Date.UTC(2026, 0, 5) + row * 300_000).toISOString().slice(0, 19).replace('T', ' ');
  const text = (value: (row: number) => number) =>
    ['timestamp,value', ...Array.from({ length: rows }, (_, row) => `${time(row)},${value(row)}`)].join('\n');
  const wave = (row: number) => 50 + 20 * Math.sin(row / 45.8) + ((row * 7919) % 13) / 5;
  for (const [category, value] of [
    ['steps', (row: number) => wave(row) + (row >= 5000 && row < 5200 ? 80 : 0)],
    ['quiet', wave],
  ] as const) {
    mkdirSync(join(folder, 'data', category), { recursive: true });
    writeFileSync(join(folder, 'data', category, 'file.csv'), text(value));
  }
  mkdirSync(join(folder, 'labels'));
  const windows = { 'steps/file.csv': [[`${time(4950)}.000000`, `${time(5250)}.000000`]], 'quiet/file.csv': [] };
  writeFileSync(join(folder, 'labels', 'combined_windows.json'), JSON.stringify(windows));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corpus-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a corpus', () => {
  it('is read with its windows, and scored: the detector finds the step, silence scores nothing', () => {
    writeCorpus();
    const corpus = readCorpus(folder);
    expect(corpus.files.map(({ name, category, windows }) => [name, category, windows.length])).toEqual([
      ['quiet/file.csv', 'quiet', 0],
      ['steps/file.csv', 'steps', 1],
    ]);
    const surprise = detectors['surprise'];
    const silence = detectors['null'];
    if (surprise === undefined || silence === undefined) throw new Error('no such detector');
    const scores = evaluate([corpus], surprise, 1).corpora[0];
    expect(scores?.standard).toBeGreaterThan(90);
    expect(scores?.atDefault).toBeGreaterThan(80);
    expect(scores?.standard).toBeGreaterThanOrEqual(scores?.atCommon ?? 100);
    expect(evaluate([corpus], silence, 1).corpora[0]).toMatchObject({ standard: 0, lowFp: 0, lowFn: 0, atDefault: 0 });
  });

  it('is refused in one line when it is none', () => {
    expect(() => readCorpus(join(folder, 'nowhere'))).toThrow(/no such folder/);
    expect(() => readCorpus(folder)).toThrow(/no data\/ folder/);
    mkdirSync(join(folder, 'data'));
    expect(() => readCorpus(folder)).toThrow(/combined_windows\.json: cannot be read/);
    mkdirSync(join(folder, 'labels'));
    writeFileSync(join(folder, 'labels', 'combined_windows.json'), '[1]');
    expect(() => readCorpus(folder)).toThrow(/is not a map/);
    writeFileSync(join(folder, 'labels', 'combined_windows.json'), '{}');
    expect(() => readCorpus(folder)).toThrow(/no \.csv file/);
    writeFileSync(join(folder, 'data', 'x.csv'), 'timestamp,value\nsoon,1\n');
    expect(() => readCorpus(folder)).toThrow(/row 2 has no timestamp/);
    writeFileSync(join(folder, 'data', 'x.csv'), 'timestamp,value\n2026-01-01 00:00:00,1\n');
    expect(() => readCorpus(folder)).toThrow(/no file has a labelled window/);
  });
});

/** A corpus of one file of daily values, d/x.csv, with labels as they are given. */
function reading(rows: readonly string[], labels: string, lineEnd = '\n') {
  mkdirSync(join(folder, 'data', 'd'), { recursive: true });
  mkdirSync(join(folder, 'labels'), { recursive: true });
  writeFileSync(join(folder, 'data', 'd', 'x.csv'), ['timestamp,value', ...rows].join(lineEnd));
  writeFileSync(join(folder, 'labels', 'combined_windows.json'), labels);
  return readCorpus(folder);
}
const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')} 00:00:00`;
const days = Array.from({ length: 30 }, (_, index) => `${day(index + 1)},${index}`);
const labelled = (first: string, last: string): string => JSON.stringify({ 'd/x.csv': [[first, last]] });
const late = labelled(day(20), day(22));

describe('the rows of a corpus', () => {
  it('are numbers, or say by name that there is none, with any line ends', () => {
    const values = ['1.5', '', 'NaN', 'nan', 'NULL', '-1e-3', '-inf', ' 7 '];
    const rows = values.map((value, index) => `${day(index + 1)},${value},more`);
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const [file] = reading(rows, labelled(day(3), day(9)), lineEnd).files;
      expect([...(file?.values ?? [])]).toEqual([1.5, NaN, NaN, NaN, NaN, -0.001, NaN, 7]);
      expect(file?.times[7]).toBe(Date.UTC(2026, 0, 8));
    }
  });

  it('are refused where they cannot be read, by file and row, and so is a corpus without any', () => {
    const path = join('data', 'd', 'x.csv');
    expect(() => reading([...days, `${day(31)},much`], late)).toThrow(
      `${path}: row 32 has no number after its timestamp`,
    );
    expect(() => reading([`${day(1)};5`], late)).toThrow(`${path}: row 2 has no number after its timestamp`);
    expect(() => reading([], late)).toThrow('no file in data/ has a row');
  });
});

describe('the labels of a corpus', () => {
  it('may begin with a byte order mark, and name files that a part of the corpus does not hold', () => {
    const whole = JSON.stringify({ 'd/x.csv': [[day(20), day(22)]], 'd/y.csv': [[day(1), day(2)]] });
    const { files, missing } = reading(days, `\uFEFF${whole}`);
    expect(files.map(({ windows }) => windows)).toEqual([[[Date.UTC(2026, 0, 20), Date.UTC(2026, 0, 22)]]]);
    expect(missing).toEqual(['d/y.csv']);
  });

  it('are refused when a window is none, and when none of them can be scored', () => {
    expect(() => reading(days, labelled('2026-13-01 00:00:00', day(22)))).toThrow(
      'd/x.csv has a window without two timestamps',
    );
    expect(() => reading(days, labelled(day(22), day(20)))).toThrow('d/x.csv has a window that ends before it starts');
    const nothing = 'no labelled window holds a row that is scored';
    expect(() => reading(days, labelled(day(1), day(3)))).toThrow(nothing);
    expect(() => reading(days, labelled('2030-01-01 00:00:00', '2030-01-02 00:00:00'))).toThrow(nothing);
  });

  it('leave a file that has none at 0, however it is scored', () => {
    const { files, ...corpus } = reading(days, late);
    const quiet = { ...corpus, files: files.map((file) => ({ ...file, windows: [] })) };
    const silence = detectors['null'];
    if (silence === undefined) throw new Error('no such detector');
    expect(evaluate([quiet], silence, 1).corpora[0]).toMatchObject({
      standard: 0,
      atDefault: 0,
      leaveOneCategoryOut: 0,
    });
  });
});

/** The half of the benchmark that the published figures below were computed on, with results/<detector>/ beside it. */
const published = process.env['NAB_CORPUS'] ?? '';

describe.skipIf(published === '')('the published results', () => {
  it.each([
    ['numenta', [71.21, 64.99, 75.87]],
    ['windowedGaussian', [36.71, 21.4, 45.17]],
  ] as const)('%s', (detector, expected) => {
    const group = readCorpus(published).files.map((file) => {
      const [, ...rows] = readFileSync(join(published, 'results', detector, file.name), 'utf8')
        .trim()
        .split('\n');
      return { rows: rowValues(file), scores: Float64Array.from(rows, Number) };
    });
    const scores = profileNames.map((name) => bestThreshold([group], profiles[name]).score);
    scores.forEach((score, index) => void expect(score).toBeCloseTo(expected[index] ?? 0, 1));
  });
});
