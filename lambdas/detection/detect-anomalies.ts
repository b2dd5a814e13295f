import { emptyOverview, forgetOld, lastAlarm, type ScanStatus, scanStatus } from '../domain/anomaly/overview.ts';
import { decodeOverview, encodeOverview } from '../domain/anomaly/overview-body.ts';
import { planShards } from '../domain/anomaly/plan-shards.ts';
import type { Objective } from '../domain/forecast/error-budget.ts';
import { closedPeriodsEnd } from '../domain/signal/closed-periods.ts';
import { isLogShard, logSeriesOf } from '../domain/signal/log-signals/log-series.ts';
import type { Clock } from '../ports/clock.ts';
import type { DetectorState } from '../ports/detector-state.ts';
import type { Leases } from '../ports/leases.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { ScanArchive } from '../ports/scan-archive.ts';
import type { ShardScanner } from '../ports/shard-scanner.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { type Filed, type FilingPorts, fileIncidents } from './file-incidents.ts';
import { heldState } from './held-state.ts';
import { listSeries } from './list-series.ts';
import { lookAtBudgets } from './look-at-budgets.ts';
import { recallWatches } from './recall-watches.ts';
import { scanLogs } from './scan-logs.ts';
import { heldShards, scanShard } from './scan-shard.ts';
import { scanShards } from './scan-shards.ts';
import { sweep } from './sweep.ts';
import { type Scanner, takeScanLease } from './take-scan-lease.ts';

export type DetectionPorts = FilingPorts & {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly detectorState: DetectorState;
  /** For plans of several shards; one alone is scanned here. */
  readonly shardScanner: ShardScanner;
  readonly scanArchive: ScanArchive;
  readonly leases: Leases;
  readonly notifier: Notifier;
};

export type DetectionSettings = {
  /** Length of a period and of the pause between passes, seconds. */
  readonly scanIntervalSeconds: number;
  /** How long after its end the values of a period are complete, seconds. */
  readonly settlingSeconds: number;
  /** How many series one shard holds at most. */
  readonly seriesInShard: number;
  /** The operator's knob: expected false alarms of a metric in a month. */
  readonly falseAlarmsPerMonth: number;
  /** How many requests of a service must succeed; none costs nothing. */
  readonly objectives: readonly Objective[];
};

export type PassResult =
  /** Another invocation holds the lease, or wrote the overview meanwhile. */
  { readonly outcome: 'held' } | ({ readonly outcome: 'scanned' } & Filed & Omit<ScanStatus, 'scannedAt'>);

export type DetectAnomalies = (scanner: Scanner, beginning: boolean) => Promise<PassResult>;

/** Under this name the detector state holds the overview, beside the shards. */
export const overviewName = 'overview';

const sweepMilliseconds = 30_000;

/**
 * One pass: the fenced lease, the plan, the scan of its shards over closed
 * periods only (a single one in this process, several side by side), incidents from what all of them found, and then the overview, by
 * a conditional write. It is saved last, so that what a pass that died midway had
 * opened is found locked and joined by the next one. Shards save themselves.
 */
export function detectAnomalies(ports: DetectionPorts, settings: DetectionSettings): DetectAnomalies {
  const { clock, leases, detectorState, telemetry, shardScanner } = ports;
  const {
    scanIntervalSeconds: periodSeconds,
    settlingSeconds,
    seriesInShard,
    falseAlarmsPerMonth,
    objectives,
  } = settings;
  const list = listSeries(telemetry);
  const overviews = heldState(detectorState, {
    empty: emptyOverview,
    encode: encodeOverview,
    decode: decodeOverview,
  });
  const shards = heldShards(detectorState);
  const scanHere = scanShard(ports, shards);
  const scanLogsHere = scanLogs(telemetry, detectorState);

  return async (scanner, beginning) => {
    const now = clock.now();
    const lease = await takeScanLease(leases, scanner, { now, seconds: 30 + 2 * periodSeconds, beginning });
    if (lease === null) return { outcome: 'held' };

    const { state: overview, tag } = await overviews.take(overviewName);
    const stretch = {
      end: closedPeriodsEnd(now, periodSeconds, settlingSeconds),
      periodSeconds,
      now,
      falseAlarmsPerMonth,
    };
    const listing = await list(now);
    if (listing.outcome === 'listed') {
      const logs = logSeriesOf(listing.series.map(({ service }) => service));
      planShards(overview, [...listing.series, ...logs], { seriesInShard, now });
    } else if (overview.shards.length === 0) {
      throw new Error(`Which series there are cannot be read: ${listing.reason}`);
    }
    // Those that were watched are watched on meanwhile: none of them is known to be gone.
    overview.listingTrouble = listing.outcome === 'listed' ? null : listing.reason;
    const scanMetrics = overview.shards.filter((shard) => !isLogShard(shard)).length > 1 ? shardScanner.scan : scanHere;
    await Promise.all([
      scanShards(
        overview,
        (request) => (isLogShard({ name: request.shard }) ? scanLogsHere(request) : scanMetrics(request)),
        stretch,
      ),
      lookAtBudgets(telemetry, overview, { objectives, settlingSeconds, now }),
    ]);
    const filed = await fileIncidents(ports, overview, stretch, recallWatches(overview, shards));
    if (now - overview.sweptAt >= sweepMilliseconds) {
      overview.troubles = await sweep(ports, {
        now,
        lastAlarm: (series) => lastAlarm(overview, series),
      });
      overview.sweptAt = now;
    }

    forgetOld(overview, now);
    overview.scannedAt = now;
    overview.fence = lease.fence;
    if (!(await overviews.save(overviewName, overview, tag))) return { outcome: 'held' };
    const { scannedAt: _, ...status } = scanStatus(overview);
    return { outcome: 'scanned', ...filed, ...status };
  };
}
