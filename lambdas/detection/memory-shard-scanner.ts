import type { DetectorState } from '../ports/detector-state.ts';
import type { ShardScanner } from '../ports/shard-scanner.ts';
import { heldShards, type ScanPorts, scanShard } from './scan-shard.ts';

/** Several shards in one process, each with its state held. */
export function memoryShardScanner(ports: ScanPorts, detectorState: DetectorState): ShardScanner {
  const scans = new Map<string, ReturnType<typeof scanShard>>();
  return {
    scan: async (request) => {
      const scan = scans.get(request.shard) ?? scanShard(ports, heldShards(detectorState));
      scans.set(request.shard, scan);
      try {
        return await scan(request);
      } catch (error) {
        return { outcome: 'late', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}
