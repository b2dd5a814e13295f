import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../scripts/user-error.ts';

/** One labelled series; windows are pairs of times, epoch milliseconds, both ends inside. */
export type CorpusFile = {
  readonly name: string;
  readonly category: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly windows: readonly (readonly [number, number])[];
};

export type Corpus = { readonly path: string; readonly name: string; readonly files: readonly CorpusFile[] };

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

function readSeries(path: string): { times: Float64Array; values: Float64Array } {
  const [, ...lines] = readFileSync(path, 'utf8').split('\n');
  const rows = lines.filter((line) => line.trim() !== '');
  const times = new Float64Array(rows.length);
  const values = new Float64Array(rows.length);
  rows.forEach((line, index) => {
    const [time = '', value = ''] = line.split(',');
    times[index] = parseTimestamp(time);
    values[index] = value.trim() === '' ? Number.NaN : Number(value);
    if (Number.isNaN(times[index])) throw new UserError(`${path}: row ${index + 2} has no timestamp: "${line}"`);
  });
  return { times, values };
}

function readLabels(path: string): z.infer<typeof labelsSchema> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(`${path}: cannot be read; a corpus holds data/ and labels/combined_windows.json`, { cause });
  }
  try {
    return labelsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${path}: is not a map of file to pairs of timestamps`, { cause });
  }
}

/**
 * Reads a folder in the layout of the Numenta Anomaly Benchmark: data/<category>/<file>.csv with timestamp and value,
 * and labels/combined_windows.json.
 * @throws UserError when the folder is not such a corpus.
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
    const windows = (labels[name] ?? []).map(([start, end]): readonly [number, number] => {
      const window = [parseTimestamp(start), parseTimestamp(end)] as const;
      if (!(window[0] <= window[1])) throw new UserError(`${folder}: ${name} has a window that ends before it starts`);
      return window;
    });
    windows.sort((a, b) => a[0] - b[0]);
    return { name, category: dirname(name), ...readSeries(file), windows };
  });
  if (files.length === 0) throw new UserError(`${folder}: data/ holds no .csv file`);
  if (files.every((file) => file.windows.length === 0)) throw new UserError(`${folder}: no file has a labelled window`);
  return { path, name: basename(path), files };
}
