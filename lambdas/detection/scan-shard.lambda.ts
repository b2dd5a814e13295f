import { cloudWatchClient } from '../adapters/aws/clients/cloud-watch-client.ts';
import { cloudWatchLogsClient } from '../adapters/aws/clients/cloud-watch-logs-client.ts';
import { s3Client } from '../adapters/aws/clients/s3-client.ts';
import { cloudWatchTelemetry } from '../adapters/aws/cloud-watch-telemetry.ts';
import { s3DetectorState } from '../adapters/aws/s3-detector-state.ts';
import { s3ScanArchive } from '../adapters/aws/s3-scan-archive.ts';
import { type ShardScanResponse, shardScanRequestSchema } from '../contract/shard-scan.ts';
import { watchedMetrics } from '../contract/watched-metrics.ts';
import { environment } from '../runtime/environment.ts';
import { requestHandler } from '../runtime/request-handler.ts';
import { heldShards, scanShard } from './scan-shard.ts';

const telemetry = cloudWatchTelemetry(
  { metrics: cloudWatchClient(), logs: cloudWatchLogsClient() },
  environment.KINTSUGI_STAGE,
  watchedMetrics(environment.KINTSUGI_STAGE, environment),
);
const objects = s3Client(environment.AWS_ENDPOINT_URL !== undefined);
const bucket = environment.KINTSUGI_ARCHIVE_BUCKET;
const scan = scanShard(
  { telemetry, scanArchive: s3ScanArchive(objects, bucket) },
  heldShards(s3DetectorState(objects, bucket)),
);

export const handler = requestHandler(shardScanRequestSchema, async (request): Promise<ShardScanResponse> => {
  const result = await scan(request);
  if (result.outcome === 'late') return result;
  return { outcome: 'scanned', readTo: result.readTo, records: result.summaries.map(({ record }) => [...record]) };
});
