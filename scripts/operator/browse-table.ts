import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { partition, queryAll } from '../../lambdas/adapters/aws/dynamo/query-all.ts';
import { modelRows } from '../../lambdas/contract/model-rows.ts';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import { type TableName, tableKeys } from '../../lambdas/contract/tables.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import { readModelFile } from '../../lib/read-model-file.ts';
import { listIncidents } from './list-incidents.ts';

export type TableRow = Readonly<Record<string, unknown>>;

/** What one row of each table is, in a line. */
export const tableMeanings: Readonly<Record<TableName, string>> = {
  incidents: 'incidents, the anomalies filed under them, and questions to people',
  'agent-decisions': 'diagnoses, plans, decisions and verifications, one row a kind and attempt',
  remediations: 'actions: intent, before, after, outcome, undo',
  'llm-actions': 'model calls: purpose, tokens, cost, latency, outcome',
  audit: 'one line for each transition',
  state: 'leases and open locks',
  fleet: 'the simulated shop as it stands',
  faults: 'faults at work in the shop; the responder may not read them',
};

/** Partitions of the tables that are not keyed by incident. */
const fixedPartitions: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  state: ['open-lock', 'lease#scan'],
  fleet: ['fleet', 'lease#simulation', 'operation-waiting', 'operation'],
  faults: ['active', 'was'],
};

type Sources = {
  readonly stage: string;
  readonly tables: DynamoDBDocumentClient;
  readonly incidents: Incidents;
  readonly target: Pick<Target, 'describe'>;
};

/** Rows of a table by its keys: those of one partition, or of its known ones, or of the newest incidents. */
export const browseTable = async (
  from: Sources,
  request: { readonly table: TableName; readonly partition: string | null; readonly limit: number },
): Promise<readonly TableRow[]> => {
  const keys = request.partition === null ? await partitionsOf(from, request) : [request.partition];
  const name = tableKeys[request.table].partition;
  const physical = resourceNames(from.stage).table(request.table);
  const rows: TableRow[] = [];
  for (const value of keys) {
    if (rows.length >= request.limit) break;
    const found = await queryAll(from.tables, partition(physical, { name, value }), request.limit - rows.length);
    rows.push(...found.map(readable));
  }
  return rows;
};

const partitionsOf = async (
  from: Sources,
  { table, limit }: { readonly table: TableName; readonly limit: number },
): Promise<readonly string[]> => {
  const fixed = fixedPartitions[table];
  if (fixed === undefined) return (await listIncidents(from.incidents, limit)).map((incident) => incident.id);
  if (table !== 'state') return fixed;
  const { services } = await from.target.describe();
  return [
    ...fixed,
    modelRows.day(Date.now()),
    ...Object.keys(readModelFile().providers).map(modelRows.provider),
    ...services.map(({ name }) => `lease#remediation#${name}`),
  ];
};

/** Bytes say nothing to a person but how many they are. */
const readable = (row: TableRow): TableRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? `${value.length} bytes` : value]),
  );
