import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import type { Operator } from './connect.ts';

/** When the simulated shop stops itself, epoch milliseconds, and whether it has; null where none has begun. */
export type ShopHours = { readonly runsUntil: number; readonly stopped: boolean };

const rowSchema = z.object({ runsUntil: z.number(), stopped: z.boolean() });

/** Only the two fields: the state of the shop itself is its own affair. */
export const readShopHours = async ({
  tables,
  stage,
}: Pick<Operator, 'tables' | 'stage'>): Promise<ShopHours | null> => {
  const { Item } = await tables.send(
    new GetCommand({
      TableName: resourceNames(stage).table('fleet'),
      Key: { key: 'fleet', item: 'state' },
      ProjectionExpression: 'runsUntil, stopped',
    }),
  );
  return Item === undefined ? null : rowSchema.parse(Item);
};
