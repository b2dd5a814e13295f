import type { TableRow } from '../operator/browse-table.ts';
import { type Column, grid } from './grid.ts';
import type { Screen } from './screen.ts';
import { plain } from './text.ts';

const columns: readonly Column[] = [
  { title: 'partition' },
  { title: 'item', flexible: true },
  { title: 'when (UTC)' },
  { title: 'in short', flexible: true },
];

/** Fields that tell a row in a line, the most telling first; all of the first set that a row has. */
const telling = [
  ['inShort'],
  ['title'],
  ['summary'],
  ['message'],
  ['instance', 'metric', 'direction'],
  ['service', 'metric', 'direction'],
  ['runbook', 'service'],
  ['purpose', 'model', 'outcome'],
  ['type', 'service'],
  ['incidentId'],
  ['owner'],
] as const;

/** One line a row: its keys, its time, and the field that tells most. */
export const tableLines = (partitionKey: string, rows: readonly TableRow[], screen: Screen): readonly string[] => {
  if (rows.length === 0) return ['No rows.'];
  return grid(
    columns,
    rows.map((row) => [
      { text: plain(String(row[partitionKey])), colour: screen.paint.name },
      plain(String(row['item'])),
      whenOf(row),
      inShort(row, [partitionKey, 'item']),
    ]),
    screen,
  );
};

const whenOf = (row: TableRow): string => {
  const [, time] = Object.entries(row).find(([name, value]) => name.endsWith('Iso') && typeof value === 'string') ?? [];
  return typeof time === 'string' ? plain(time).slice(0, 19).replace('T', ' ') : '';
};

const inShort = (row: TableRow, keys: readonly string[]): string => {
  const state = row['state'] ?? row['status'] ?? row['to'];
  const lead = typeof state === 'string' ? `${state}: ` : '';
  const fields = telling.find((names) => names.every((name) => !keys.includes(name) && typeof row[name] === 'string'));
  return plain(lead + (fields === undefined ? others(row, keys) : fields.map((name) => String(row[name])).join(' ')));
};

const others = (row: TableRow, keys: readonly string[]): string =>
  Object.entries(row)
    .filter(([name]) => !keys.includes(name))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
