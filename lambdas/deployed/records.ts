import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { environment } from '../runtime/environment.ts';

export const records = dynamoRecords(dynamoClient(), environment.KINTSUGI_STAGE, systemClock);
