import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../scripts/user-error.ts';
import { readText } from '../read-text.ts';
import { parseCsv } from './csv.ts';

const suffix = '_structured.csv';

/** Lines of one system's log, each with the event that it truly is. */
export type LabelledLog = {
  readonly system: string;
  readonly lines: readonly string[];
  readonly events: readonly string[];
};

function readLog(path: string, file: string): LabelledLog {
  const [header = [], ...rows] = parseCsv(readText(path), path);
  const content = header.indexOf('Content');
  const event = header.indexOf('EventId');
  if (content < 0 || event < 0) throw new UserError(`${path}: has no column Content, or none EventId`);
  if (rows.length === 0) throw new UserError(`${path}: has no row below its header`);
  const lines: string[] = [];
  const events: string[] = [];
  for (const [index, row] of rows.entries()) {
    const line = row[content];
    const label = row[event];
    // Lines without a label would count as one true group.
    if (line === undefined || label === undefined || label.trim() === '')
      throw new UserError(`${path}: row ${index + 2} has no Content, or no EventId`);
    lines.push(line);
    events.push(label);
  }
  return { system: file.replace(/_.*$/, ''), lines, events };
}

/**
 * Reads a folder of *_structured.csv files with the columns Content and EventId.
 * @throws UserError when there is no such file, or one without these columns, without rows, or with a row that lacks either.
 */
export function readLogs(folder: string): LabelledLog[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UserError(`${folder}: no such folder`);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort();
  if (files.length === 0) throw new UserError(`${folder}: holds no *${suffix} file`);
  return files.map((file) => readLog(join(folder, file), file));
}
