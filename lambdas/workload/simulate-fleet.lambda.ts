import { cloudWatchClient } from '../adapters/aws/clients/cloud-watch-client.ts';
import { cloudWatchLogsClient } from '../adapters/aws/clients/cloud-watch-logs-client.ts';
import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { dynamoLeases } from '../adapters/aws/dynamo/leases.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { resourceNames } from '../contract/stage.ts';
import { environment } from '../runtime/environment.ts';
import { scheduledHandler } from '../runtime/scheduled-handler.ts';
import { faultTable } from './cloud/fault-table.ts';
import { fleetLease } from './cloud/fleet-lease.ts';
import { fleetPublisher } from './cloud/fleet-publisher.ts';
import { fleetTable } from './cloud/fleet-table.ts';
import { operationTable } from './cloud/operation-table.ts';
import { simulateFleet, simulatePasses } from './simulate-fleet.ts';

const { KINTSUGI_STAGE: stage, KINTSUGI_FLEET_STEP_SECONDS: stepSeconds } = environment;
const { table } = resourceNames(stage);
const client = dynamoClient();
const leases = dynamoLeases(client, table('fleet'));
const tools = {
  fleet: fleetTable(client, table('fleet')),
  faults: faultTable(client, table('faults')),
  operations: operationTable(client, table('fleet')),
  publisher: fleetPublisher({ metrics: cloudWatchClient(), logs: cloudWatchLogsClient() }, { stage, stepSeconds }),
  now: systemClock.now,
};
const settings = { seed: 1, stepSeconds, writeHistory: environment.AWS_ENDPOINT_URL !== undefined };
const rhythm = { intervalSeconds: stepSeconds, offsetSeconds: 0, loopSeconds: environment.KINTSUGI_LOOP_SECONDS };

export const handler = scheduledHandler(rhythm, systemClock, (invocation, event, logPass) => {
  const lease = fleetLease(leases, invocation, systemClock.now);
  const simulate = simulateFleet({ ...tools, lease: lease.take }, settings);
  // The schedule keeps the shop going; whoever else invokes it wants it to run on.
  const pass = simulatePasses(simulate, { wanted: !isTick(event) }, logPass);
  return { pass, end: lease.release };
});

const isTick = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'source' in event && event.source === 'aws.events';
