import { expectationBefore } from '../anomaly/snapshots.ts';
import { expectationOf, snapshotsOf, type Watch } from '../anomaly/watch.ts';
import { expectationVersion } from '../detectors/expectation.ts';
import { isLogSeries } from '../signal/log-signals/log-series.ts';
import type { Series } from '../signal/series.ts';
import type { Topology } from '../topology/topology.ts';
import { callGraph } from './call-graph.ts';
import type { Incident, Yardstick } from './incident.ts';
import { hasLimit } from './symptom.ts';

const callersRoles = ['requests', 'errors', 'latency'] as const;

type Judged = Pick<Incident, 'service' | 'series' | 'onset'>;

/**
 * By which series the incident's recovery will be judged: every anomalous one,
 * and demand, errors and latency of the service and of all that call it.
 */
export function yardstickReason(
  { service, series: anomalous }: Judged,
  topology: Topology,
): (series: Series) => Yardstick['reason'] | null {
  const judged = new Set([service, ...callGraph(topology).callersOf(service)]);
  const alarmed = new Set(anomalous);
  return (series) => {
    // What is made of log lines cannot be read again after the act.
    if (isLogSeries(series)) return null;
    if (alarmed.has(series.id)) return 'anomalous';
    const ofCaller =
      series.instance === null && judged.has(series.service) && callersRoles.some((role) => role === series.role);
    return ofCaller ? 'caller' : null;
  };
}

/** What was expected of those series before onset. */
export function chooseYardsticks(incident: Judged, watches: Iterable<Watch>, topology: Topology): readonly Yardstick[] {
  const reasonOf = yardstickReason(incident, topology);
  const yardsticks: Yardstick[] = [];
  for (const watch of watches) {
    const { series } = watch;
    const reason = reasonOf(series);
    if (reason === null) continue;
    const fills = hasLimit(series.role) || series.limit !== undefined;
    const before = expectationBefore(snapshotsOf(watch), incident.onset, fills) ?? expectationOf(watch);
    yardsticks.push({ series, detectorVersion: expectationVersion, state: [...before], reason });
  }
  return yardsticks;
}
