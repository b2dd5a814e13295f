import { manualClock } from '../../lambdas/adapters/memory/clock.ts';
import { type DetectionSettings, detectAnomalies, overviewName } from '../../lambdas/detection/detect-anomalies.ts';
import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import { anomalyOf } from '../../lambdas/domain/anomaly/anomaly-of.ts';
import { summariesOf } from '../../lambdas/domain/anomaly/overview.ts';
import { decodeOverview } from '../../lambdas/domain/anomaly/overview-body.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { DetectorState } from '../../lambdas/ports/detector-state.ts';
import { memoryDetection } from '../detection/memory-detection.ts';
import { archivedTarget } from './archived-target.ts';
import { archivedTelemetry } from './archived-telemetry.ts';
import type { ArchivedScans } from './read-archive.ts';

export type ReplayReport = {
  readonly from: number;
  readonly to: number;
  /** Expected false alarms of a metric in a month. */
  readonly falseAlarmsPerMonth: number;
  readonly passes: number;
  /** End of the newest pass that the archive holds of the interval, epoch milliseconds. */
  readonly archivedTo: number;
  readonly series: number;
  /** Still learning at the end: nothing of theirs was judged. */
  readonly learning: number;
  /** By time of opening. */
  readonly incidents: readonly Incident[];
  /** What single series raised, whether or not it was worth an incident, by onset. */
  readonly alarms: readonly Anomaly[];
};

/** What was foretold of error budgets is not replayed: the archive is not read for as long as their windows are. */
export type ReplaySettings = Omit<DetectionSettings, 'objectives'> & { readonly from: number; readonly to: number };

/** Detection looks at the alarms of single series so often; each is kept by its series until the next one. */
const alarmsEveryMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;

/**
 * Runs detection and correlation, the very use case that is deployed, over what
 * the archive holds of the interval, pass by pass as it was read then. It begins with a
 * detector that has learnt the archived day before. Nobody works on the incidents: each ends
 * when its series have been quiet for a quarter of an hour.
 */
export async function replay(
  { parts, topologies }: ArchivedScans,
  { from, to, ...settings }: ReplaySettings,
): Promise<ReplayReport> {
  const series = [...new Map(parts.flatMap((part) => part.series.map((one) => [one.id, one] as const))).values()];
  const samples = parts.flatMap((part) => part.samples);
  const ends = [...new Set(samples.map(({ readAt }) => readAt))].filter((end) => end > from && end <= to);
  const passes = ends.toSorted((one, other) => one - other);
  const periodMilliseconds = settings.scanIntervalSeconds * 1000;
  const telemetry = archivedTelemetry(series, samples, Math.ceil((1.1 * dayMilliseconds) / periodMilliseconds));
  const clock = manualClock(from);
  const target = archivedTarget(clock, topologies, series);
  const { ports, records, detectorState } = memoryDetection({ clock, telemetry, target });
  const detect = detectAnomalies(ports, { ...settings, objectives: [] });
  const alarms = new Map<string, Anomaly>();
  let noted = 0;
  let last = { series: 0, learning: 0 };
  for (const end of passes) {
    telemetry.advance(end);
    clock.pass((end - clock.now()) / 1000 + settings.settlingSeconds);
    const result = await detect({ codeVersion: 'replay', invocation: 'replay' }, false);
    if (result.outcome === 'scanned') last = result;
    if (end - noted >= alarmsEveryMilliseconds || end === passes.at(-1)) {
      await noteAlarms(detectorState, noted, alarms);
      noted = end;
    }
  }
  return {
    from,
    to,
    falseAlarmsPerMonth: settings.falseAlarmsPerMonth,
    passes: passes.length,
    archivedTo: passes.at(-1) ?? from,
    series: last.series,
    learning: last.learning,
    incidents: [...records.incidents.values()].toSorted((one, other) => one.openedAt - other.openedAt),
    alarms: [...alarms.values()].toSorted((one, other) => one.onset - other.onset),
  };
}

async function noteAlarms(state: DetectorState, since: number, alarms: Map<string, Anomaly>): Promise<void> {
  const stored = await state.load(overviewName, null);
  const overview = stored === null || stored === 'unchanged' ? null : decodeOverview(stored.body);
  if (overview === null) return;
  for (const summary of summariesOf(overview)) {
    const anomaly = anomalyOf(summary, since);
    if (anomaly !== null) alarms.set(`${anomaly.fingerprint}@${anomaly.onset}`, anomaly);
  }
}
