import { type ShardScanResponse, shardScanRequestSchema } from '../contract/shard-scan.ts';
import { detectorState, scanArchive } from '../deployed/objects.ts';
import { telemetry } from '../deployed/telemetry.ts';
import { requestHandler } from '../runtime/request-handler.ts';
import { heldShards, scanShard } from './scan-shard.ts';

const scan = scanShard({ telemetry, scanArchive }, heldShards(detectorState));

export const handler = requestHandler(shardScanRequestSchema, async (request): Promise<ShardScanResponse> => {
  const result = await scan(request);
  if (result.outcome === 'late') return result;
  return { outcome: 'scanned', readTo: result.readTo, records: result.summaries.map(({ record }) => [...record]) };
});
