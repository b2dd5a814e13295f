import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { resourceNames } from '../contract/stage.ts';
import { targetRequestSchema } from '../contract/target-api.ts';
import { environment } from '../runtime/environment.ts';
import { requestHandler } from '../runtime/request-handler.ts';
import { fleetTable } from './cloud/fleet-table.ts';
import { operationTable } from './cloud/operation-table.ts';
import { operateFleet } from './operate-fleet.ts';

const client = dynamoClient();
const table = resourceNames(environment.KINTSUGI_STAGE).table('fleet');
const fleet = fleetTable(client, table);

export const handler = requestHandler(
  targetRequestSchema,
  operateFleet({
    operations: operationTable(client, table),
    loadState: async () => {
      const stored = await fleet.load();
      return stored === null || 'unreadable' in stored ? null : stored.state;
    },
    now: systemClock.now,
  }),
);
