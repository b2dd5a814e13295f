import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isOver, type Mute, type MuteAudit, muteAuditSchema, muteSchema } from '../../../domain/mute/mute.ts';
import type { Mutes } from '../../../ports/mutes.ts';
import { transact } from './conditional.ts';
import { partition, queryAll } from './query-all.ts';
import { iso, readableTimes } from './readable-times.ts';
import type { Tables } from './table.ts';

/** Rows of the state table under one key, and of the audit table beside the incidents'. */
const key = 'mute';
const auditKey = 'mutes';
/** A row that has run out is of no use to anyone; deleting it is left to the table, and nothing relies on it. */
const keptMilliseconds = 30 * 86_400_000;

export function dynamoMutes(client: DynamoDBDocumentClient, tables: Tables): Mutes {
  const auditPut = (line: MuteAudit) => ({
    Put: {
      TableName: tables('audit'),
      Item: {
        incidentId: auditKey,
        item: `${iso(line.at)}#${line.muteId}#${line.did}`,
        ...line,
        ...readableTimes({ at: line.at }),
      },
    },
  });
  const rowOf = (mute: Mute) => ({
    key,
    item: mute.id,
    ...mute,
    ...readableTimes({ from: mute.from, until: mute.until, madeAt: mute.madeAt }),
    expiresAt: Math.ceil((mute.until + keptMilliseconds) / 1000),
  });
  return {
    add: async (mute, line) => {
      const made = await transact(client, [{ Put: { TableName: tables('state'), Item: rowOf(mute) } }, auditPut(line)]);
      if (!made) throw new Error(`the mute ${mute.id} was not written`);
    },
    list: async (now) => {
      const rows = await queryAll(client, partition(tables('state'), { name: 'key', value: key }));
      return rows.map((row) => muteSchema.parse(row)).filter((mute) => !isOver(mute, now));
    },
    end: (id, line) =>
      transact(client, [
        {
          Update: {
            TableName: tables('state'),
            Key: { key, item: id },
            UpdateExpression: 'SET #until = :at, untilIso = :iso',
            ConditionExpression: 'attribute_exists(#key) AND #until > :at',
            ExpressionAttributeNames: { '#until': 'until', '#key': 'key' },
            ExpressionAttributeValues: { ':at': line.at, ':iso': iso(line.at) },
          },
        },
        auditPut(line),
      ]),
    audit: async () => {
      const rows = await queryAll(client, partition(tables('audit'), { name: 'incidentId', value: auditKey }));
      return rows.map((row) => muteAuditSchema.parse(row));
    },
  };
}
