import { callGraph } from '../../lambdas/domain/incident/call-graph.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { Topology } from '../../lambdas/domain/topology/topology.ts';
import { type ActiveFault, truthOf } from '../../lambdas/workload/faults/definition.ts';

const isAtWork = ({ startedAt, endsAt }: ActiveFault, at: number): boolean =>
  at >= startedAt && (endsAt === null || at < endsAt);

/** Opened within the fault's life, and naming its service or a caller of it. */
export const detects = (incident: Incident, fault: ActiveFault, topology: Topology): boolean => {
  const struck = topology.services.find(({ name }) => name === truthOf(fault).service)?.name;
  if (struck === undefined || !isAtWork(fault, incident.openedAt)) return false;
  return incident.service === struck || callGraph(topology).callersOf(struck).has(incident.service);
};

/** Opened although no fault at work could have reached the service it names, through calls in either direction. */
export const isFalse = (incident: Incident, faults: readonly ActiveFault[], topology: Topology): boolean => {
  const graph = callGraph(topology);
  return !faults.some((fault) => {
    if (!isAtWork(fault, incident.openedAt)) return false;
    const struck = topology.services.find(({ name }) => name === truthOf(fault).service)?.name;
    return (
      struck !== undefined &&
      (incident.service === struck ||
        graph.callersOf(struck).has(incident.service) ||
        graph.dependenciesOf(struck).has(incident.service))
    );
  });
};
