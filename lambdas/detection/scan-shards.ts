import type { Overview, ShardOverview } from '../domain/anomaly/overview.ts';
import type { ShardScanRequest } from '../ports/shard-scanner.ts';
import type { ScanShard } from './scan-shard.ts';

/**
 * Scans every shard of the plan, side by side, and takes over the summaries. A
 * shard that is late keeps its last ones and holds nobody up.
 */
export async function scanShards(
  { shards }: Overview,
  scan: ScanShard,
  stretch: Omit<ShardScanRequest, 'shard' | 'series'>,
): Promise<void> {
  await Promise.all(
    shards.map(async (shard) => {
      const series = [...shard.summaries.values()].map((summary) => summary.series);
      take(shard, await scan({ shard: shard.name, series, ...stretch }));
    }),
  );
}

function take(shard: ShardOverview, scan: Awaited<ReturnType<ScanShard>>): void {
  if (scan.outcome === 'late') {
    shard.trouble = scan.reason;
    return;
  }
  shard.trouble = scan.trouble ?? null;
  shard.readTo = scan.readTo;
  // An earlier scan that was waited for again knows nothing of series assigned since, nor that others were let go.
  for (const summary of scan.summaries) {
    if (shard.summaries.has(summary.series.id)) shard.summaries.set(summary.series.id, summary);
  }
}
