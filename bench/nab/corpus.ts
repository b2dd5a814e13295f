import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../scripts/user-error.ts';
import { readText } from '../read-text.ts';
import { rowValues } from './row-values.ts';

/** One labelled series; windows are pairs of times, epoch milliseconds, both ends inside. */
export type CorpusFile = {
  readonly name: string;
  readonly category: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly windows: readonly (readonly [number, number])[];
};

export type Corpus = {
  readonly path: string;
  readonly name: string;
  readonly files: readonly CorpusFile[];
  /** What the labels name and data/ does not hold: a part of a corpus may come with the labels of the whole. */
  readonly missing: readonly string[];
};

const labelsSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/** "2014-04-01 00:00:00", with or without a fraction, read as UTC; epoch milliseconds, NaN if it is no time. */
export function parseTimestamp(text: string): number {
  return Date.parse(`${text.trim().slice(0, 19).replace(' ', 'T')}Z`);
}

function csvFilesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.csv'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** How programs write that there is no value, or none that is finite. */
const noValue = /^(?:|nan|na|n\/a|null|none|[+-]?inf)$/i;

/** A value, NaN where the row says that there is none; undefined for what is neither. */
function parseValue(text: string): number | undefined {
  if (noValue.test(text.trim())) return Number.NaN;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}

function readSeries(path: string): { times: Float64Array; values: Float64Array } {
  const [, ...lines] = readText(path).split(/\r\n|\r|\n/);
  const rows = lines.filter((line) => line.trim() !== '');
  const times = new Float64Array(rows.length);
  const values = new Float64Array(rows.length);
  for (const [index, line] of rows.entries()) {
    const [time = '', text] = line.split(',');
    const at = parseTimestamp(time);
    const value = text === undefined ? undefined : parseValue(text);
    if (Number.isNaN(at)) throw new UserError(`${path}: row ${index + 2} has no timestamp: "${line}"`);
    if (value === undefined)
      throw new UserError(`${path}: row ${index + 2} has no number after its timestamp: "${line}"`);
    times[index] = at;
    values[index] = value;
  }
  return { times, values };
}

function readLabels(path: string): z.infer<typeof labelsSchema> {
  let text: string;
  try {
    text = readText(path);
  } catch (cause) {
    throw new UserError(`${path}: cannot be read; a corpus holds data/ and labels/combined_windows.json`, { cause });
  }
  try {
    return labelsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${path}: is not a map of file to pairs of timestamps`, { cause });
  }
}

function readWindow([start, end]: readonly [string, string], source: string): readonly [number, number] {
  const window = [parseTimestamp(start), parseTimestamp(end)] as const;
  if (window.some(Number.isNaN)) throw new UserError(`${source} has a window without two timestamps: ${start}, ${end}`);
  if (window[0] > window[1]) throw new UserError(`${source} has a window that ends before it starts: ${start}, ${end}`);
  return window;
}

/**
 * Reads a folder in the layout of the Numenta Anomaly Benchmark: data/<category>/<file>.csv with timestamp and value,
 * and labels/combined_windows.json.
 * @throws UserError when the folder is not such a corpus, when a row cannot be read, or when nothing in it can be scored.
 */
export function readCorpus(folder: string): Corpus {
  const path = resolve(folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new UserError(`${folder}: no such folder`);
  const dataFolder = join(path, 'data');
  if (!statSync(dataFolder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`${folder}: has no data/ folder; a corpus holds data/ and labels/combined_windows.json`);
  }
  const labels = readLabels(join(path, 'labels', 'combined_windows.json'));
  const files = csvFilesBelow(dataFolder).map((file): CorpusFile => {
    const name = relative(dataFolder, file).split(sep).join('/');
    const windows = (labels[name] ?? []).map((pair) => readWindow(pair, `${folder}: ${name}`));
    windows.sort((a, b) => a[0] - b[0]);
    return { name, category: dirname(name), ...readSeries(file), windows };
  });
  if (files.length === 0) throw new UserError(`${folder}: data/ holds no .csv file`);
  if (files.every(({ times }) => times.length === 0)) throw new UserError(`${folder}: no file in data/ has a row`);
  if (files.every(({ windows }) => windows.length === 0))
    throw new UserError(`${folder}: no file has a labelled window`);
  if (files.every((file) => rowValues(file).windowCount === 0))
    throw new UserError(
      `${folder}: no labelled window holds a row that is scored: not one of a file's first 15%, or 750`,
    );
  const names = new Set(files.map(({ name }) => name));
  return { path, name: basename(path), files, missing: Object.keys(labels).filter((name) => !names.has(name)) };
}
