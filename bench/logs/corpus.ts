import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../scripts/user-error.ts';
import { parseCsv } from './csv.ts';

const suffix = '_structured.csv';

/** Lines of one system's log, each with the event that it truly is. */
export type LabelledLog = {
  readonly system: string;
  readonly lines: readonly string[];
  readonly events: readonly string[];
};

function readLog(path: string, file: string): LabelledLog {
  const [header = [], ...rows] = parseCsv(readFileSync(path, 'utf8'), path);
  const content = header.indexOf('Content');
  const event = header.indexOf('EventId');
  if (content < 0 || event < 0) throw new UserError(`${path}: has no column Content, or none EventId`);
  return {
    system: file.replace(/_.*$/, ''),
    lines: rows.map((row) => row[content] ?? ''),
    events: rows.map((row) => row[event] ?? ''),
  };
}

/**
 * Reads a folder of *_structured.csv files with the columns Content and EventId.
 * @throws UserError when there is no such file, or one without these columns.
 */
export function readLogs(folder: string): LabelledLog[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UserError(`${folder}: no such folder`);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort();
  if (files.length === 0) throw new UserError(`${folder}: holds no *${suffix} file`);
  return files.map((file) => readLog(join(folder, file), file));
}
