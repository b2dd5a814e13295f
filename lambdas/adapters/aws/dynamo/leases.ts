import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Lease, Leases } from '../../../ports/leases.ts';
import { holds } from './conditional.ts';
import { iso } from './readable-times.ts';

const leaseRowSchema = z.object({ owner: z.string(), fence: z.int(), heldUntil: z.number() });

/**
 * Leases as rows of one table. A row is never deleted, because its fence must
 * grow for ever: a write that carries an older fence comes from a former owner.
 */
export function dynamoLeases(client: DynamoDBDocumentClient, table: string): Leases {
  const key = (name: string) => ({ key: `lease#${name}`, item: 'lease' });

  const read = async (name: string): Promise<Lease | null> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key(name), ConsistentRead: true }));
    if (Item === undefined) return null;
    const { heldUntil, ...row } = leaseRowSchema.parse(Item);
    return { name, ...row, expiresAt: heldUntil };
  };

  return {
    take: async ({ name, owner, now, seconds }) => {
      const expiresAt = now + seconds * 1_000;
      const common = { TableName: table, Key: key(name), ExpressionAttributeNames: { '#owner': 'owner' } };
      const values = {
        ':owner': owner,
        ':until': expiresAt,
        ':untilIso': iso(expiresAt),
        ':now': now,
        ':nowIso': iso(now),
      };
      const set =
        'SET #owner = :owner, heldUntil = :until, heldUntilIso = :untilIso, takenAt = :now, takenAtIso = :nowIso';
      const extended = await holds(
        client.send(
          new UpdateCommand({
            ...common,
            UpdateExpression: set,
            ConditionExpression: '#owner = :owner AND heldUntil > :now',
            ExpressionAttributeValues: values,
          }),
        ),
      );
      const taken =
        extended ||
        (await holds(
          client.send(
            new UpdateCommand({
              ...common,
              UpdateExpression: `${set} ADD fence :one`,
              ConditionExpression: 'attribute_not_exists(heldUntil) OR heldUntil <= :now',
              ExpressionAttributeValues: { ...values, ':one': 1 },
            }),
          ),
        ));
      if (!taken) return null;
      const lease = await read(name);
      return lease?.owner === owner && lease.expiresAt > now ? lease : null;
    },
    release: async ({ name, owner, fence }) => {
      // Held by another by now is as good as released.
      await holds(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: key(name),
            UpdateExpression: 'SET heldUntil = :never, heldUntilIso = :released',
            ConditionExpression: '#owner = :owner AND fence = :fence',
            ExpressionAttributeNames: { '#owner': 'owner' },
            ExpressionAttributeValues: { ':owner': owner, ':fence': fence, ':never': 0, ':released': 'released' },
          }),
        ),
      );
    },
    holder: async (name, now) => {
      const lease = await read(name);
      return lease !== null && lease.expiresAt > now ? lease : null;
    },
  };
}
