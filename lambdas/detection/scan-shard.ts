import { decodeShard, emptyShard, encodeShard, type Shard } from '../domain/anomaly/shard.ts';
import { describedAnew, newWatch, summaryOf } from '../domain/anomaly/watch.ts';
import type { DetectorState } from '../ports/detector-state.ts';
import type { ScanArchive } from '../ports/scan-archive.ts';
import type { ShardScan, ShardScanRequest } from '../ports/shard-scanner.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { archiveSamples } from './archive-samples.ts';
import { type HeldState, heldState } from './held-state.ts';
import { readNewSamples } from './read-new-samples.ts';

export type ScanPorts = { readonly telemetry: Telemetry; readonly scanArchive: ScanArchive };
export type ScanShard = (request: ShardScanRequest) => Promise<ShardScan>;

export const heldShards = (detectorState: DetectorState): HeldState<Shard> =>
  heldState(detectorState, { empty: emptyShard, encode: encodeShard, decode: decodeShard });

/**
 * Scans one shard: its state, the closed periods that it has not read yet,
 * judgement, and the state again by a conditional write. A scan that dies midway
 * is made again by the next one from where the last whole scan ended.
 */
export function scanShard({ telemetry, scanArchive }: ScanPorts, shards: HeldState<Shard>): ScanShard {
  return async ({ shard: name, series, ...stretch }) => {
    const { state: shard, tag } = await shards.take(name);
    await archiveSamples(scanArchive, name, shard, stretch.end);
    const assigned = new Set(series.map(({ id }) => id));
    for (const id of shard.watches.keys()) if (!assigned.has(id)) shard.watches.delete(id);
    for (const one of series) {
      const known = shard.watches.get(one.id);
      shard.watches.set(
        one.id,
        known === undefined ? newWatch(one, stretch.now) : describedAnew(known, one, stretch.now),
      );
    }
    await readNewSamples(telemetry, shard, stretch);
    if (!(await shards.save(name, shard, tag))) return { outcome: 'late', reason: 'another scan of it saved first' };
    const summaries = series.flatMap(({ id }) => {
      const watch = shard.watches.get(id);
      return watch === undefined ? [] : [summaryOf(watch)];
    });
    return { outcome: 'scanned', readTo: shard.readTo, summaries };
  };
}
