import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { s3Client } from '../adapters/aws/clients/s3-client.ts';
import { snsClient } from '../adapters/aws/clients/sns-client.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { s3Archive } from '../adapters/aws/s3-archive.ts';
import { snsNotifier } from '../adapters/aws/sns-notifier.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { escalateInputSchema } from '../contract/state-machine.ts';
import { defaultLimits } from '../domain/policy/limits.ts';
import { environment } from '../runtime/environment.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createEscalate } from './escalate.ts';

const clock = systemClock;
const records = dynamoRecords(dynamoClient(), environment.KINTSUGI_STAGE, clock);
const archive = s3Archive(s3Client(environment.AWS_ENDPOINT_URL !== undefined), environment.KINTSUGI_ARCHIVE_BUCKET);
const notifier = snsNotifier(snsClient(), environment.KINTSUGI_TOPIC_ARN, archive);

export const handler = respondHandler(
  escalateInputSchema,
  createEscalate({ ...records, clock, notifier }, defaultLimits),
);
