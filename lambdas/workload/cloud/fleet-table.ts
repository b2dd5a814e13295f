import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { holds } from '../../adapters/aws/dynamo/conditional.ts';
import { iso } from '../../adapters/aws/dynamo/readable-times.ts';
import { type FleetState, parseFleetState } from '../fleet.ts';
import type { FleetStore } from '../simulate-fleet.ts';

const key = { key: 'fleet', item: 'state' };

const rowSchema = z.object({
  at: z.number(),
  body: z.instanceof(Uint8Array),
  runsUntil: z.number(),
  stopped: z.boolean(),
});

/** The whole shop as one row: its state compressed (some 15 KB), and beside it what a person wants to know. */
export function fleetTable(client: DynamoDBDocumentClient, table: string): FleetStore {
  return {
    load: async () => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
      if (Item === undefined) return null;
      const { at, body, runsUntil, stopped } = rowSchema.parse(Item);
      const state = readFleetState(gunzipSync(body).toString('utf8'));
      return state === null ? { unreadable: true, at } : { state, runsUntil, stopped };
    },
    save: ({ state, runsUntil, stopped }, { before, fence }) =>
      holds(
        client.send(
          new PutCommand({
            TableName: table,
            Item: {
              ...key,
              at: state.at,
              atIso: iso(state.at),
              seed: state.seed,
              runsUntil,
              runsUntilIso: iso(runsUntil),
              stopped,
              fence,
              instances: state.services.reduce((sum, service) => sum + service.instances.length, 0),
              body: gzipSync(JSON.stringify(state)),
            },
            ...(before === null
              ? { ConditionExpression: 'attribute_not_exists(#at)', ExpressionAttributeNames: { '#at': 'at' } }
              : {
                  ConditionExpression: '#at = :before AND fence <= :fence',
                  ExpressionAttributeNames: { '#at': 'at' },
                  ExpressionAttributeValues: { ':before': before, ':fence': fence },
                }),
          }),
        ),
      ),
  };
}

/** Null for the state of another version of the physics. */
function readFleetState(json: string): FleetState | null {
  try {
    return parseFleetState(json);
  } catch (error) {
    if (error instanceof z.ZodError) return null;
    throw error;
  }
}
