import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import type { Anomaly } from '../../../domain/anomaly/anomaly.ts';
import { type IncidentId, incidentIdSchema } from '../../../domain/ids.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import type { OpenResult, Transitions } from '../../../ports/transitions.ts';
import { holds, transact } from './conditional.ts';
import { decisionRow } from './decision-rows.ts';
import { openLock } from './open-lock.ts';
import { iso, readableTimes } from './readable-times.ts';
import { actionRow, anomalyRow, approvalKey, approvalRow, auditRow, incidentRow, llmActionRow } from './rows.ts';
import type { Tables } from './table.ts';

/** A transaction holds 100 items: the incident, its audit line, its lock and this many anomalies. */
const anomaliesInTransaction = 97;
const openingTries = 5;

/** Every change to incidents, each conditional, so that of two writers one learns that it came second. */
export function dynamoTransitions(client: DynamoDBDocumentClient, tables: Tables): Transitions {
  const put = (table: Parameters<Tables>[0], row: Record<string, unknown>) =>
    client.send(new PutCommand({ TableName: tables(table), Item: row }));
  const putNew = (table: Parameters<Tables>[0], row: Record<string, unknown>) =>
    holds(
      client.send(
        new PutCommand({
          TableName: tables(table),
          Item: row,
          ConditionExpression: 'attribute_not_exists(incidentId)',
        }),
      ),
    );

  const holder = async (incident: Incident): Promise<IncidentId | null> => {
    const key = openLock.of(incident.service);
    const lock = await client.send(new GetCommand({ TableName: tables('state'), Key: key, ConsistentRead: true }));
    return lock.Item === undefined ? null : incidentIdSchema.parse(lock.Item['incidentId']);
  };

  const join = async (id: IncidentId, anomalies: readonly Anomaly[]): Promise<void> => {
    const limit = pLimit(8);
    await Promise.all(anomalies.map((anomaly) => limit(() => put('incidents', anomalyRow(id, anomaly)))));
  };

  const tryOpen = (incident: Incident, anomalies: readonly Anomaly[], actor: string) =>
    transact(client, [
      {
        Put: {
          TableName: tables('state'),
          Item: {
            ...openLock.of(incident.service),
            incidentId: incident.id,
            ...readableTimes({ since: incident.openedAt }),
          },
          ConditionExpression: 'attribute_not_exists(incidentId)',
        },
      },
      {
        Put: {
          TableName: tables('incidents'),
          Item: incidentRow(incident),
          ConditionExpression: 'attribute_not_exists(incidentId)',
        },
      },
      {
        Put: {
          TableName: tables('audit'),
          Item: auditRow({
            incidentId: incident.id,
            version: incident.version,
            at: incident.openedAt,
            actor,
            from: null,
            to: incident.state,
            message: incident.title,
          }),
        },
      },
      ...anomalies.map((anomaly) => ({
        Put: { TableName: tables('incidents'), Item: anomalyRow(incident.id, anomaly) },
      })),
    ]);

  const open = async (incident: Incident, anomalies: readonly Anomaly[], actor: string): Promise<OpenResult> => {
    for (let tries = 0; tries < openingTries; tries += 1) {
      if (await tryOpen(incident, anomalies.slice(0, anomaliesInTransaction), actor)) {
        await join(incident.id, anomalies.slice(anomaliesInTransaction));
        return { outcome: 'opened' };
      }
      const incidentId = await holder(incident);
      // Freed between the two looks: try to take it again.
      if (incidentId === null) continue;
      await join(incidentId, anomalies);
      return incidentId === incident.id ? { outcome: 'opened' } : { outcome: 'joined', incidentId };
    }
    throw new Error(
      `the open lock of ${incident.service} changed hands ${openingTries} times while an incident was opened`,
    );
  };

  return {
    open,
    join,
    move: ({ incident, to, at, actor, message, change = {} }) => {
      const version = incident.version + 1;
      const moved = incidentRow({ ...incident, ...change, state: to, version, updatedAt: at });
      return transact(client, [
        {
          Put: {
            TableName: tables('incidents'),
            Item: moved,
            ConditionExpression: '#state = :from AND #version = :version',
            ExpressionAttributeNames: { '#state': 'state', '#version': 'version' },
            ExpressionAttributeValues: { ':from': incident.state, ':version': incident.version },
          },
        },
        {
          Put: {
            TableName: tables('audit'),
            Item: auditRow({ incidentId: incident.id, version, at, actor, from: incident.state, to, message }),
            ConditionExpression: 'attribute_not_exists(incidentId)',
          },
        },
      ]);
    },
    unlock: async (incident) => {
      // Not held by this incident is as good as freed.
      await holds(
        client.send(
          new DeleteCommand({
            TableName: tables('state'),
            Key: openLock.of(incident.service),
            ConditionExpression: 'incidentId = :id',
            ExpressionAttributeValues: { ':id': incident.id },
          }),
        ),
      );
    },
    fileDecision: (record) => putNew('agent-decisions', decisionRow(record)),
    fileLlmAction: async (action) => {
      await put('llm-actions', llmActionRow(action));
    },
    intend: (action) => putNew('remediations', actionRow(action)),
    finishAction: async (action) => {
      await put('remediations', actionRow(action));
    },
    askPerson: (approval) => putNew('incidents', approvalRow(approval)),
    answer: ({ approval, status, at, by }) =>
      holds(
        client.send(
          new UpdateCommand({
            TableName: tables('incidents'),
            Key: approvalKey(approval),
            UpdateExpression:
              'SET #status = :status, answeredAt = :at, answeredAtIso = :atIso, answeredBy = :by REMOVE pendingQuestion',
            ConditionExpression: '#status = :pending',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':status': status,
              ':at': at,
              ':atIso': iso(at),
              ':by': by,
              ':pending': 'pending',
            },
          }),
        ),
      ),
  };
}
