import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { tableIndexes } from '../../../contract/tables.ts';
import { type IncidentId, incidentIdSchema } from '../../../domain/ids.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Incidents, OnUnreadable } from '../../../ports/incidents.ts';
import { parseDecisionRecord } from './decision-rows.ts';
import { openLock } from './open-lock.ts';
import { partition, queryAll } from './query-all.ts';
import { dayOf, iso } from './readable-times.ts';
import {
  anomalyPrefix,
  approvalPrefix,
  incidentItem,
  parseAction,
  parseAnomaly,
  parseApproval,
  parseAuditRecord,
  parseIncident,
  parseLlmAction,
} from './rows.ts';
import type { Tables } from './table.ts';

const day = 24 * 3_600_000;

/** Incidents and everything filed under them, read by key or by index; nothing is ever scanned. */
export function dynamoIncidents(client: DynamoDBDocumentClient, tables: Tables, clock: Clock): Incidents {
  const get = async (id: IncidentId): Promise<Incident | null> => {
    const key = { incidentId: id, item: incidentItem };
    const read = await client.send(new GetCommand({ TableName: tables('incidents'), Key: key, ConsistentRead: true }));
    return read.Item === undefined ? null : parseIncident(read.Item);
  };

  const under = (table: Parameters<Tables>[0], id: IncidentId, prefix?: string) =>
    queryAll(client, partition(tables(table), { name: 'incidentId', value: id }, prefix));

  const newest = (index: { name: string; partition: string }, value: string) => ({
    TableName: tables('incidents'),
    IndexName: index.name,
    ScanIndexForward: false,
    KeyConditionExpression: '#p = :p',
    ExpressionAttributeNames: { '#p': index.partition },
    ExpressionAttributeValues: { ':p': value },
  });

  const actionsSince = (index: { name: string; partition: string; sort: string }, value: string, since: number) =>
    queryAll(client, {
      TableName: tables('remediations'),
      IndexName: index.name,
      KeyConditionExpression: '#p = :p AND #s >= :since',
      ExpressionAttributeNames: { '#p': index.partition, '#s': index.sort },
      ExpressionAttributeValues: { ':p': value, ':since': iso(since) },
    });

  return {
    get,
    listByState: async (state, limit, onUnreadable) => {
      const rows = await queryAll(client, newest(tableIndexes.incidents.byState, state), limit);
      return readEach(rows, async (row) => parseIncident(row), onUnreadable);
    },
    listLocked: async (onUnreadable) => {
      const locks = await queryAll(client, partition(tables('state'), { name: 'key', value: openLock.key }));
      return readEach(locks, (lock) => get(incidentIdSchema.parse(lock['incidentId'])), onUnreadable);
    },
    listFamily: async (family, limit) => {
      const query = newest(tableIndexes.incidents.byFamily, family);
      const ended = {
        ...query,
        FilterExpression: '#state IN (:resolved, :escalated)',
        ExpressionAttributeNames: { ...query.ExpressionAttributeNames, '#state': 'state' },
        ExpressionAttributeValues: {
          ...query.ExpressionAttributeValues,
          ':resolved': 'resolved',
          ':escalated': 'escalated',
        },
      };
      return (await queryAll(client, ended, limit)).map(parseIncident);
    },
    anomalies: async (id) => (await under('incidents', id, anomalyPrefix)).map(parseAnomaly),
    approvals: async (id) => (await under('incidents', id, approvalPrefix)).map(parseApproval),
    pendingApprovals: async (onUnreadable) => {
      const { byPendingQuestion } = tableIndexes.incidents;
      const query = { ...newest(byPendingQuestion, 'pending'), ScanIndexForward: true };
      return readEach(await queryAll(client, query), async (row) => parseApproval(row), onUnreadable);
    },
    decisions: async (id) =>
      (await under('agent-decisions', id)).map(parseDecisionRecord).sort((one, other) => one.at - other.at),
    actions: async (id) => (await under('remediations', id)).map(parseAction),
    actionsOn: async (service, since) =>
      (await actionsSince(tableIndexes.remediations.byService, service, since)).map(parseAction),
    actionsSince: async (since) => {
      const days: string[] = [];
      for (let at = since; dayOf(at) <= dayOf(clock.now()); at += day) days.push(dayOf(at));
      const { byDay } = tableIndexes.remediations;
      const rows = await Promise.all(days.map((name) => actionsSince(byDay, name, since)));
      return rows.flat().map(parseAction);
    },
    llmActions: async (id) => (await under('llm-actions', id)).map(parseLlmAction),
    audit: async (id) => (await under('audit', id)).map(parseAuditRecord),
  };
}

/** Only a row that does not fit the schema is told of and left out; a read that fails is a failure. */
async function readEach<Read>(
  rows: readonly Record<string, unknown>[],
  read: (row: Record<string, unknown>) => Promise<Read | null>,
  onUnreadable: OnUnreadable | undefined,
): Promise<readonly Read[]> {
  const all = await Promise.all(
    rows.map(async (row) => {
      try {
        return await read(row);
      } catch (error) {
        if (onUnreadable === undefined || !(error instanceof z.ZodError)) throw error;
        onUnreadable(String(row['incidentId']), error);
        return null;
      }
    }),
  );
  return all.filter((one) => one !== null);
}
