import { abandonedSeconds } from '../domain/anomaly/missing.ts';
import { decodeShard, emptyShard, encodeShard, type Shard } from '../domain/anomaly/shard.ts';
import { read } from '../domain/anomaly/watch.ts';
import type { IncidentId } from '../domain/ids.ts';
import { closedPeriodsEnd } from '../domain/signal/closed-periods.ts';
import type { Series } from '../domain/signal/series.ts';
import type { Clock, DetectorState, Leases, Notifier, Telemetry } from '../ports.ts';
import { type FilingPorts, fileIncidents } from './file-incidents.ts';
import { readNewSamples } from './read-new-samples.ts';
import { sweep } from './sweep.ts';
import { type Scanner, takeScanLease } from './take-scan-lease.ts';

export type DetectionPorts = FilingPorts & {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly detectorState: DetectorState;
  readonly leases: Leases;
  readonly notifier: Notifier;
};

export type DetectionSettings = {
  /** Length of a period and of the pause between passes, seconds. */
  readonly scanIntervalSeconds: number;
  /** How long after its end the values of a period are complete, seconds. */
  readonly settlingSeconds: number;
};

export type PassResult =
  /** Another invocation holds the lease, or wrote the state meanwhile. */
  | { readonly outcome: 'held' }
  | {
      readonly outcome: 'scanned';
      readonly series: number;
      readonly learning: number;
      readonly opened: readonly IncidentId[];
    };

export type DetectAnomalies = (scanner: Scanner, beginning: boolean) => Promise<PassResult>;

/** All detection state is one shard. */
export const shardName = 'scan';

/** New series are looked for so often. */
const listingMilliseconds = 60_000;
const sweepMilliseconds = 30_000;

/**
 * One pass: the fenced lease, closed periods only, judgement, incidents, and
 * then the state, by a conditional write. State is saved last, so that a pass
 * that dies midway is made again by the next one from where the last whole pass
 * ended, and what it had opened is found locked and joined.
 */
export function detectAnomalies(ports: DetectionPorts, settings: DetectionSettings): DetectAnomalies {
  const { clock, leases, detectorState, telemetry } = ports;
  const periodSeconds = settings.scanIntervalSeconds;
  // A cache only: which series there are, read anew by every process.
  let listing: { readonly at: number; readonly series: readonly Series[]; readonly grew: boolean } | null = null;

  return async (scanner, beginning) => {
    const now = clock.now();
    const lease = await takeScanLease(leases, scanner, { now, seconds: 30 + 2 * periodSeconds, beginning });
    if (lease === null) return { outcome: 'held' };

    const stored = await detectorState.load(shardName);
    const shard = (stored === null ? null : decodeShard(stored.body)) ?? emptyShard();
    if (listing === null || listing.grew || now - listing.at >= listingMilliseconds) {
      const series = await telemetry.listSeries();
      // A workload that has just begun to speak is not kept waiting for the next minute.
      const grew = series.length === 0 || series.length > (listing?.series.length ?? 0);
      listing = { at: now, series, grew };
    }
    const stretch = { end: closedPeriodsEnd(now, periodSeconds, settings.settlingSeconds), periodSeconds, now };
    await readNewSamples(telemetry, shard, listing.series, stretch);
    dropEnded(shard, stretch.end);
    const opened = await fileIncidents(ports, shard, stretch);
    if (now - shard.sweptAt >= sweepMilliseconds) {
      await sweep(ports, now, (series) => lastAlarm(shard, series));
      shard.sweptAt = now;
    }

    shard.scannedAt = now;
    shard.fence = lease.fence;
    const saved = await detectorState.save(shardName, encodeShard(shard), stored?.tag ?? null);
    if (!saved) return { outcome: 'held' };
    const watches = [...shard.watches.values()];
    const learning = watches.filter((watch) => read(watch, 'learning') === 1).length;
    return { outcome: 'scanned', series: watches.length, learning, opened };
  };
}

function dropEnded(shard: Shard, end: number): void {
  for (const [id, watch] of shard.watches) {
    const newest = Math.max(read(watch, 'cursor'), read(watch, 'firstSeenAt'));
    if (end - newest > abandonedSeconds * 1000) shard.watches.delete(id);
  }
}

function lastAlarm({ watches }: Shard, series: readonly string[]): number {
  return series.reduce((latest, id) => {
    const watch = watches.get(id);
    return watch === undefined ? latest : Math.max(latest, read(watch, 'lastSeen'));
  }, 0);
}
