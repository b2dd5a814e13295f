import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { holds, transact } from '../../adapters/aws/dynamo/conditional.ts';
import { partition, queryAll } from '../../adapters/aws/dynamo/query-all.ts';
import { iso } from '../../adapters/aws/dynamo/readable-times.ts';
import { type ActiveFault, activeFaultSchema } from '../faults/definition.ts';
import type { FaultStore } from '../inject-fault.ts';

const active = 'active';
const rowSchema = z.object({ fault: activeFaultSchema });

/** Faults as rows: one at most at work on a service, and those that were. */
export function faultTable(client: DynamoDBDocumentClient, table: string): FaultStore {
  const keyOf = (fault: ActiveFault) => ({ key: active, item: fault.service });
  return {
    active: async (now) => {
      const rows = await queryAll(client, partition(table, { name: 'key', value: active }));
      return rows.map((row) => rowSchema.parse(row).fault).filter(({ endsAt }) => endsAt === null || endsAt > now);
    },
    add: (fault, now) =>
      holds(
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...keyOf(fault), ...readable(fault), fault },
            ConditionExpression: 'attribute_not_exists(#key) OR endsAt <= :now',
            ExpressionAttributeNames: { '#key': 'key' },
            ExpressionAttributeValues: { ':now': now },
          }),
        ),
      ),
    end: async (fault, now) => {
      const was = { key: 'was', item: `${iso(fault.startedAt)} ${fault.service}` };
      // Another fault there by now stays.
      await transact(client, [
        {
          Delete: {
            TableName: table,
            Key: keyOf(fault),
            ConditionExpression: 'id = :id',
            ExpressionAttributeValues: { ':id': fault.id },
          },
        },
        { Put: { TableName: table, Item: { ...was, ...readable(fault), clearedAtIso: iso(now), fault } } },
      ]);
    },
  };
}

const readable = ({ id, definition, severity, startedAt, endsAt }: ActiveFault) => ({
  id,
  cause: definition.cause,
  kind: definition.kind,
  title: definition.title,
  severity,
  startedAtIso: iso(startedAt),
  ...(endsAt === null ? {} : { endsAt, endsAtIso: iso(endsAt) }),
});
