import { chosenTarget } from '../adapters/aws/chosen-target.ts';
import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { respondInputSchema } from '../contract/state-machine.ts';
import { defaultLimits } from '../domain/policy/limits.ts';
import { environment } from '../runtime/environment.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createAct } from './act.ts';

const clock = systemClock;
const records = dynamoRecords(dynamoClient(), environment.KINTSUGI_STAGE, clock);
const target = chosenTarget(environment, clock);

export const handler = respondHandler(respondInputSchema, createAct({ ...records, clock, target }, defaultLimits));
