import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { ulidIds } from '../adapters/aws/ulid-ids.ts';
import { resourceNames } from '../contract/stage.ts';
import { environment } from '../runtime/environment.ts';
import { requestHandler } from '../runtime/request-handler.ts';
import { faultTable } from './cloud/fault-table.ts';
import { injectRequestSchema } from './inject-api.ts';
import { injectFault } from './inject-fault.ts';

const faults = faultTable(dynamoClient(), resourceNames(environment.KINTSUGI_STAGE).table('faults'));

export const handler = requestHandler(
  injectRequestSchema,
  injectFault({ faults, now: systemClock.now, nextId: ulidIds(systemClock).next }),
);
