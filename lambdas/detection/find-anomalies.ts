import type { Anomaly } from '../domain/anomaly/anomaly.ts';
import { anomalyOf } from '../domain/anomaly/anomaly-of.ts';
import { budgetForecasts } from '../domain/anomaly/budget-standing.ts';
import { forecastOf } from '../domain/anomaly/follow-trend.ts';
import { anomalyOfSilence, silenceGoesOn, silentWatches, troubleSince } from '../domain/anomaly/missing.ts';
import { type Overview, summariesOf } from '../domain/anomaly/overview.ts';
import { expectedBand, read, type Summary } from '../domain/anomaly/watch.ts';
import { anomalyOfForecast, type Forecast } from '../domain/forecast/forecast.ts';
import { couldFuse, fuseEvidence, suspectsOf } from '../domain/incident/fuse-evidence.ts';
import { topologyName } from '../domain/signal/archive-plan.ts';
import type { Topology } from '../domain/topology/topology.ts';
import type { ScanArchive } from '../ports/scan-archive.ts';
import type { Target } from '../ports/target.ts';
import type { RecallWatches } from './recall-watches.ts';

/** An anomaly last seen longer ago than this says nothing of the present. */
const presentSeconds = 15;
/** The summaries of a late shard still count for so long, and for three periods at least. */
const freshSeconds = 60;

/** While there is trouble the topology goes to the archive so often, for replays. */
const topologyMilliseconds = 60_000;

export type FindingPorts = { readonly target: Target; readonly scanArchive: ScanArchive };

export type Stretch = { readonly end: number; readonly periodSeconds: number; readonly now: number };

export type Findings = {
  readonly anomalies: readonly Anomaly[];
  /** What stands behind those of the stream `trend`. */
  readonly forecasts: readonly Forecast[];
  /** What can be said of the present: of every series whose shard is not too late. */
  readonly summaries: readonly Summary[];
  readonly topology: Topology;
  /** Why the topology is the one of an earlier pass; null when it is of now. */
  readonly platformTrouble: string | null;
};

/**
 * The anomalies of all shards that are present at the end of the stretch, and
 * the silences, which are noted. Null while there are none: the platform is asked nothing then.
 */
export async function findAnomalies(
  { target, scanArchive }: FindingPorts,
  overview: Overview,
  { end, periodSeconds, now }: Stretch,
  recall: RecallWatches,
): Promise<Findings | null> {
  const fresh = end - Math.max(freshSeconds, 3 * periodSeconds) * 1000;
  const current = overview.shards.filter(({ readTo }) => readTo >= fresh);
  const summaries = summariesOf({ ...overview, shards: current });
  // Nobody looked at what a late shard has to say since, so its series are not silent.
  const judged = summariesOf({ ...overview, shards: current.filter(({ readTo }) => readTo >= end) });
  const silent = silentWatches(judged, end, periodSeconds);
  const since = end - Math.max(presentSeconds, 2 * periodSeconds) * 1000;
  const forecasts = [
    ...summaries.map((summary) => forecastOf(summary, since)).filter((forecast) => forecast !== null),
    ...budgetForecasts(overview.budgets, now),
  ];
  const suspects = suspectsOf(summaries, end - periodSeconds * 1000);
  const alarmed = summaries.some((summary) => read(summary, 'lastSeen') >= since) || couldFuse(suspects);
  if (silent.length === 0 && !alarmed && forecasts.length === 0) return null;

  const { topology, platformTrouble } = await describe(target, overview);
  if (platformTrouble === null && now - overview.topologyAt >= topologyMilliseconds) {
    await scanArchive.put(topologyName(now), JSON.stringify(topology));
    overview.topologyAt = now;
  }
  await noteSilences(overview, silent, { topology, end, now }, recall);
  const deviations = summaries.flatMap((summary) =>
    [anomalyOf(summary, since), anomalyOfSilence(summary, overview.silences.get(summary.series.id), since)].filter(
      (anomaly) => anomaly !== null,
    ),
  );
  const fused = fuseEvidence(suspects, topology, { since, end });
  const anomalies = [...deviations, ...fused, ...forecasts.map(anomalyOfForecast)];
  return anomalies.length === 0 ? null : { anomalies, forecasts, summaries, topology, platformTrouble };
}

/** A platform that does not answer is taken for what it was when it last did: its trouble may be the very trouble to report. */
async function describe(target: Target, overview: Overview): Promise<Pick<Findings, 'topology' | 'platformTrouble'>> {
  try {
    const topology = await target.describe();
    overview.topology = topology;
    return { topology, platformTrouble: null };
  } catch (error) {
    if (overview.topology === null) throw error;
    return { topology: overview.topology, platformTrouble: error instanceof Error ? error.message : String(error) };
  }
}

async function noteSilences(
  { silences }: Overview,
  silent: readonly Summary[],
  { topology, end, now }: { readonly topology: Topology; readonly end: number; readonly now: number },
  recall: RecallWatches,
): Promise<void> {
  const begun = new Map<Summary['series']['id'], number>();
  for (const summary of silent) {
    const onset = troubleSince(summary, topology, now);
    if (onset === null) continue;
    const { id } = summary.series;
    const before = silences.get(id);
    if (silenceGoesOn(before, onset)) silences.set(id, { ...before, lastSeen: end });
    else begun.set(id, onset);
  }
  if (begun.size === 0) return;
  for (const watch of await recall(({ id }) => begun.has(id))) {
    const onset = begun.get(watch.series.id);
    if (onset !== undefined) silences.set(watch.series.id, { onset, lastSeen: end, band: expectedBand(watch) });
  }
}
