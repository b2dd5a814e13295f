import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { timeToLiveAttribute } from '../../../contract/tables.ts';
import type { SharedRow, SharedRows } from '../../../ports/shared-rows.ts';
import { iso } from './readable-times.ts';

const rowSchema = z.object({
  version: z.int().min(1),
  body: z.record(z.string(), z.unknown()),
  [timeToLiveAttribute]: z.number().optional(),
});
const item = 'shared';

/** Shared rows as rows of one table, each with a version that its next write must still find. */
export function dynamoSharedRows(client: DynamoDBDocumentClient, table: string): SharedRows {
  const read = async (key: string): Promise<SharedRow> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { key, item }, ConsistentRead: true }));
    if (Item === undefined) return { key, version: 0, body: null, forgetAt: null };
    const { version, body, [timeToLiveAttribute]: expires } = rowSchema.parse(Item);
    return { key, version, body, forgetAt: expires === undefined ? null : expires * 1000 };
  };
  return {
    read: (keys) => Promise.all(keys.map(read)),
    write: async (rows) => {
      try {
        await client.send(new TransactWriteCommand({ TransactItems: rows.map((row) => ({ Put: put(table, row) })) }));
        return true;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
        // A conflict is another writer who came first, or who will: to the caller the same.
        if (codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict')) return false;
        throw error;
      }
    },
  };
}

const put = (table: string, { key, version, body, forgetAt }: SharedRow) => ({
  TableName: table,
  Item: {
    key,
    item,
    version: version + 1,
    body,
    ...(forgetAt === null ? {} : { [timeToLiveAttribute]: Math.ceil(forgetAt / 1000), expiresAtIso: iso(forgetAt) }),
  },
  ...(version === 0
    ? { ConditionExpression: 'attribute_not_exists(version)' }
    : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } }),
});
