import type { TableRow } from '../operator/browse-table.ts';
import { type Column, grid } from './grid.ts';
import type { Screen } from './screen.ts';
import { plain } from './text.ts';

const columns: readonly Column[] = [
  { title: 'partition' },
  { title: 'item' },
  { title: 'when (UTC)' },
  { title: 'in short', flexible: true },
];

/** Fields that tell a row in a line, the most telling first. */
const telling = [
  'inShort',
  'title',
  'summary',
  'message',
  'runbook',
  'purpose',
  'metric',
  'owner',
  'incidentId',
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
      inShort(row, partitionKey),
    ]),
    screen,
  );
};

const whenOf = (row: TableRow): string => {
  const [, time] = Object.entries(row).find(([name, value]) => name.endsWith('Iso') && typeof value === 'string') ?? [];
  return typeof time === 'string' ? plain(time).slice(0, 19).replace('T', ' ') : '';
};

const inShort = (row: TableRow, partitionKey: string): string => {
  const state = row['state'] ?? row['status'] ?? row['to'];
  const lead = typeof state === 'string' ? `${state}: ` : '';
  const field = telling.find((name) => name !== partitionKey && typeof row[name] === 'string');
  return plain(lead + (field === undefined ? JSON.stringify(row) : String(row[field])));
};
