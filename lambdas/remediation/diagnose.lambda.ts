import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { s3Client } from '../adapters/aws/clients/s3-client.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { s3Archive } from '../adapters/aws/s3-archive.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { respondInputSchema } from '../contract/state-machine.ts';
import { environment } from '../runtime/environment.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { deployedAskModel } from './ask/deployed-ask-model.lambda.ts';
import { createDiagnose } from './diagnose.ts';

const clock = systemClock;
const records = dynamoRecords(dynamoClient(), environment.KINTSUGI_STAGE, clock);
const archive = s3Archive(s3Client(environment.AWS_ENDPOINT_URL !== undefined), environment.KINTSUGI_ARCHIVE_BUCKET);
const askModel = deployedAskModel(records, archive, clock);

export const handler = respondHandler(respondInputSchema, createDiagnose({ ...records, clock, archive, askModel }));
