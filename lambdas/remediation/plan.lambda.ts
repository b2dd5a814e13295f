import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { s3Client } from '../adapters/aws/clients/s3-client.ts';
import { ssmClient } from '../adapters/aws/clients/ssm-client.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { s3Archive } from '../adapters/aws/s3-archive.ts';
import { readSecretParameter } from '../adapters/aws/secret-parameter.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { ulidIds } from '../adapters/aws/ulid-ids.ts';
import { createBuiltinModel } from '../adapters/llm/builtin-model.ts';
import { createModelChain } from '../adapters/llm/model-chain.ts';
import { readKeyFrom } from '../adapters/llm/read-key.ts';
import { respondInputSchema } from '../contract/state-machine.ts';
import { environment } from '../runtime/environment.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createAskModel } from './ask-model.ts';
import { createPlan } from './plan.ts';

const clock = systemClock;
const records = dynamoRecords(dynamoClient(), environment.KINTSUGI_STAGE, clock);
const archive = s3Archive(s3Client(environment.AWS_ENDPOINT_URL !== undefined), environment.KINTSUGI_ARCHIVE_BUCKET);
const readKey = readKeyFrom(environment, (name) => readSecretParameter(ssmClient(), name));
const [primary] = createModelChain(environment.KINTSUGI_MODELS, readKey)('plan');
const builtin = createBuiltinModel();
const askModel = createAskModel({ ...records, archive, clock, primary, builtin, ids: ulidIds(clock) });

export const handler = respondHandler(respondInputSchema, createPlan({ ...records, clock, archive, askModel }));
