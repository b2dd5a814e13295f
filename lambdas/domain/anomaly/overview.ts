import { learningSeconds } from '../detectors/expectation.ts';
import type { SeriesId } from '../ids.ts';
import { isLogShard } from '../signal/log-signals/log-series.ts';
import type { Topology } from '../topology/topology.ts';
import { type Budgets, budgetTroubles, noBudgets } from './budget-standing.ts';
import type { Silence } from './missing.ts';
import { read, type Summary } from './watch.ts';

/** One shard, as correlation knows it. */
export type ShardOverview = {
  readonly name: string;
  /** End of the newest period judged in the summaries, epoch milliseconds; 0 before the first scan. */
  readTo: number;
  /** Why the newest scan brought no summary; null when it did. */
  trouble: string | null;
  /** The newest summary of each series assigned to it: this is the plan, too. */
  readonly summaries: Map<SeriesId, Summary>;
};

/**
 * What detection remembers between passes beside its shards: which series is
 * in which of them, a summary of each, and what was done about them. Times are epoch milliseconds.
 */
export type Overview = {
  /** When the pass that wrote this began, and the fence of its lease. */
  scannedAt: number;
  fence: number;
  sweptAt: number;
  /** What the last sweep could not read or tend, one line each. */
  troubles: readonly string[];
  /** Why the newest pass could not tell which series there are; null when it could. */
  listingTrouble: string | null;
  /** When the topology was last put into the archive. */
  topologyAt: number;
  /** As the platform described it last; null before it ever did. */
  topology: Topology | null;
  readonly shards: ShardOverview[];
  /** When each anomaly was last filed under an incident, by fingerprint. */
  readonly filed: Map<string, number>;
  readonly silences: Map<SeriesId, Silence>;
  /** Of the objectives that were declared. */
  budgets: Budgets;
};

export const emptyOverview = (): Overview => ({
  scannedAt: 0,
  fence: 0,
  sweptAt: 0,
  troubles: [],
  listingTrouble: null,
  topologyAt: 0,
  topology: null,
  shards: [],
  filed: new Map(),
  silences: new Map(),
  budgets: noBudgets,
});

export const summariesOf = ({ shards }: Overview): readonly Summary[] =>
  shards.flatMap(({ summaries }) => [...summaries.values()]);

/** What was noted of anomalies and silences is forgotten when it is so old. */
const rememberedMilliseconds = 3_600_000;

export function forgetOld({ filed, silences }: Overview, now: number): void {
  for (const [fingerprint, at] of filed) if (now - at > rememberedMilliseconds) filed.delete(fingerprint);
  for (const [id, { lastSeen }] of silences) if (now - lastSeen > rememberedMilliseconds) silences.delete(id);
}

/** When one of the series last alarmed, was last foretold to reach its limit, or was last found silent; 0 for never. */
export function lastAlarm({ shards, silences }: Overview, series: readonly SeriesId[]): number {
  const alarms = series.flatMap((id) => {
    const summary = shards.find(({ summaries }) => summaries.has(id))?.summaries.get(id);
    const own = summary === undefined ? [] : [read(summary, 'lastSeen'), read(summary, 'forecastMadeAt')];
    return [...own, silences.get(id)?.lastSeen ?? 0];
  });
  return Math.max(0, ...alarms);
}

export type ScanStatus = {
  readonly scannedAt: number;
  /** Series of metrics; those made of log lines come on top. */
  readonly series: number;
  /** How many of them have too few points of their own to be judged. */
  readonly learning: number;
  readonly shards: number;
  readonly late: readonly LateShard[];
  /** That series could not be listed, and what the last sweep could not read or tend, one line each. */
  readonly troubles: readonly string[];
};
export type LateShard = {
  readonly shard: string;
  readonly reason: string;
  /** End of the newest period that is judged, epoch milliseconds; 0 for none. */
  readonly readTo: number;
};

/** When the newest of the series that are learning will have been watched long enough, epoch milliseconds; null when all of them have been. */
export function learningUntil(overview: Overview): number | null {
  const ofMetrics = overview.shards.filter((shard) => !isLogShard(shard));
  const learning = summariesOf({ ...overview, shards: ofMetrics }).filter((summary) => read(summary, 'learning') === 1);
  const until = Math.max(0, ...learning.map((summary) => read(summary, 'firstSeenAt') + learningSeconds * 1000));
  return until > overview.scannedAt ? until : null;
}

export function scanStatus(overview: Overview): ScanStatus {
  const ofMetrics = overview.shards.filter((shard) => !isLogShard(shard));
  const summaries = summariesOf({ ...overview, shards: ofMetrics });
  return {
    scannedAt: overview.scannedAt,
    series: summaries.length,
    learning: summaries.filter((summary) => read(summary, 'learning') === 1).length,
    shards: ofMetrics.length,
    troubles: [
      ...(overview.listingTrouble === null ? [] : [`new series are not found: ${overview.listingTrouble}`]),
      ...overview.troubles,
      ...budgetTroubles(overview.budgets),
    ],
    late: overview.shards.flatMap(({ name, trouble, readTo }) =>
      trouble === null ? [] : [{ shard: name, reason: trouble, readTo }],
    ),
  };
}
