import { stateBefore } from '../anomaly/snapshots.ts';
import { snapshotsOf, stateOf, type Watch } from '../anomaly/watch.ts';
import { detectorVersion } from '../detectors/detector-for.ts';
import type { Topology } from '../topology/topology.ts';
import { callGraph } from './call-graph.ts';
import type { Incident, Yardstick } from './incident.ts';
import { hasLimit } from './symptom.ts';

const callersRoles = ['requests', 'errors', 'latency'] as const;

/**
 * The states from before onset by which the incident's recovery will be judged:
 * of every anomalous series, and of demand, errors and latency of the service
 * and of all that call it.
 */
export function chooseYardsticks(
  incident: Pick<Incident, 'service' | 'series' | 'onset'>,
  watches: Iterable<Watch>,
  topology: Topology,
): readonly Yardstick[] {
  const judged = new Set([incident.service, ...callGraph(topology).callersOf(incident.service)]);
  const anomalous = new Set(incident.series);
  const yardsticks: Yardstick[] = [];
  for (const watch of watches) {
    const { series } = watch;
    const ofCaller =
      series.instance === null && judged.has(series.service) && callersRoles.some((role) => role === series.role);
    if (!anomalous.has(series.id) && !ofCaller) continue;
    const before = stateBefore(snapshotsOf(watch), incident.onset, hasLimit(series.role)) ?? stateOf(watch);
    yardsticks.push({
      series,
      detectorVersion,
      state: [...before],
      reason: anomalous.has(series.id) ? 'anomalous' : 'caller',
    });
  }
  return yardsticks;
}
