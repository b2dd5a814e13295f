import { chosenTarget } from '../adapters/aws/chosen-target.ts';
import { cloudWatchClient } from '../adapters/aws/clients/cloud-watch-client.ts';
import { cloudWatchLogsClient } from '../adapters/aws/clients/cloud-watch-logs-client.ts';
import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { s3Client } from '../adapters/aws/clients/s3-client.ts';
import { cloudWatchTelemetry } from '../adapters/aws/cloud-watch-telemetry.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { s3Archive } from '../adapters/aws/s3-archive.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { respondInputSchema } from '../contract/state-machine.ts';
import { watchedMetrics } from '../contract/watched-metrics.ts';
import { environment } from '../runtime/environment.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createGatherEvidence } from './gather-evidence.ts';

const clock = systemClock;
const records = dynamoRecords(dynamoClient(), environment.KINTSUGI_STAGE, clock);
const telemetry = cloudWatchTelemetry(
  { metrics: cloudWatchClient(), logs: cloudWatchLogsClient() },
  environment.KINTSUGI_STAGE,
  watchedMetrics(environment.KINTSUGI_STAGE, environment),
);
const target = chosenTarget(environment, clock);
const archive = s3Archive(s3Client(environment.AWS_ENDPOINT_URL !== undefined), environment.KINTSUGI_ARCHIVE_BUCKET);
const rhythm = {
  scanIntervalSeconds: environment.KINTSUGI_SCAN_INTERVAL_SECONDS,
  settlingSeconds: environment.KINTSUGI_SETTLING_SECONDS,
};

export const handler = respondHandler(
  respondInputSchema,
  createGatherEvidence({ ...records, clock, telemetry, target, archive }, rhythm),
);
