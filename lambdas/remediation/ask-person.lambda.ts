import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { snsClient } from '../adapters/aws/clients/sns-client.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { snsNotifier } from '../adapters/aws/sns-notifier.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { askPersonInputSchema } from '../contract/state-machine.ts';
import { environment } from '../runtime/environment.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createAskPerson } from './ask-person.ts';

const clock = systemClock;
const records = dynamoRecords(dynamoClient(), environment.KINTSUGI_STAGE, clock);
const notifier = snsNotifier(snsClient(), environment.KINTSUGI_TOPIC_ARN);

export const handler = respondHandler(askPersonInputSchema, createAskPerson({ ...records, clock, notifier }));
