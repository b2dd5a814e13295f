import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { transact } from '../../adapters/aws/dynamo/conditional.ts';
import { partition, queryAll } from '../../adapters/aws/dynamo/query-all.ts';
import { iso } from '../../adapters/aws/dynamo/readable-times.ts';
import { operationSchema } from '../../contract/target-api.ts';
import type { OperationStore } from '../operate-fleet.ts';

const waiting = 'operation-waiting';
const journal = 'operation';

const rowSchema = z
  .object({ item: z.string(), operation: operationSchema, at: z.number() })
  .transform(({ item, operation, at }) => ({ key: item, operation, at }));

/**
 * Requests to the shop's operator as rows: one that waits until the simulation
 * has begun it, and one that stays, by which a key is never asked for twice.
 */
export function operationTable(client: DynamoDBDocumentClient, table: string): OperationStore {
  return {
    request: async ({ key, operation, at }) => {
      const row = { item: key, operation, at, atIso: iso(at), type: operation.type, service: operation.service };
      // Not new is as good as written: the first request stands.
      await transact(client, [
        {
          Put: {
            TableName: table,
            Item: { key: journal, ...row },
            ConditionExpression: 'attribute_not_exists(#key)',
            ExpressionAttributeNames: { '#key': 'key' },
          },
        },
        { Put: { TableName: table, Item: { key: waiting, ...row } } },
      ]);
    },
    waiting: async () =>
      (await queryAll(client, partition(table, { name: 'key', value: waiting }))).map((row) => rowSchema.parse(row)),
    begun: async (requests) => {
      for (const { key } of requests) {
        await client.send(new DeleteCommand({ TableName: table, Key: { key: waiting, item: key } }));
      }
    },
  };
}
