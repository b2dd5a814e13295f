import type { Anomaly } from '../anomaly/anomaly.ts';
import type { ServiceName } from '../ids.ts';
import type { Topology } from '../topology/topology.ts';
import { type CallGraph, callGraph } from './call-graph.ts';
import type { Standing } from './magnitude.ts';
import { symptom } from './symptom.ts';

/** What the present anomalies, taken together, say of each service: whose trouble is its own, and whose comes from others. */
export type Scene = {
  readonly graph: CallGraph;
  /** Asked for more than it is used to. */
  isAskedMore(service: ServiceName): boolean;
  /** Its own calls fail or do not come back: it repeats them or gives up waiting. */
  failsCalling(service: ServiceName): boolean;
  /** It fails clearly more requests than all that it calls fail together. */
  failsByItself(service: ServiceName): boolean;
  /** The anomaly cannot come from another service's trouble. */
  isOwn(anomaly: Anomaly): boolean;
  /** Something is wrong in the service itself by now, whatever goes on elsewhere. */
  standsAlone(service: ServiceName): boolean;
  /** Direct dependencies of services whose calls fail, and how many such services call each. */
  readonly suspects: ReadonlyMap<ServiceName, number>;
  /** How many services have failing calls; 1 at least. */
  readonly failingCallers: number;
};

/** Share of a service's requests that must fail beyond what its dependencies fail. */
const ownFailuresShare = 0.03;
/** Signs of a service that keeps its callers waiting, or turns them away, without failing their requests. */
const waiting = ['latency', 'queueAge', 'queueDepth', 'connections', 'instances'] as const;

export function readScene(anomalies: readonly Anomaly[], standing: Standing, topology: Topology): Scene {
  const graph = callGraph(topology);
  const dependencies = new Map(topology.services.map(({ name, dependsOn }) => [name, dependsOn]));
  const byService = Map.groupBy(anomalies, ({ service }) => service);
  const has = (service: ServiceName, holds: (anomaly: Anomaly) => boolean): boolean =>
    byService.get(service)?.some(holds) ?? false;

  const isAskedMore = (service: ServiceName): boolean =>
    has(service, ({ role, direction }) => role === 'requests' && direction === 'above');
  const failsCalling = (service: ServiceName): boolean =>
    has(service, ({ role }) => role === 'retries' || role === 'timeouts');
  const keepsWaiting = (service: ServiceName): boolean =>
    has(service, ({ role, direction }) => direction === 'missing' || waiting.some((sign) => sign === role));
  const waitsForTrouble = (service: ServiceName): boolean =>
    [...graph.dependenciesOf(service)].some((dependency) =>
      has(dependency, (anomaly) => symptom(anomaly) === 'harm' || anomaly.direction === 'missing'),
    );

  // One failed request needs at least one failed call: as many as the callee counts, and those that never reached it,
  // which the caller repeats or stops waiting for. One that keeps its callers waiting fills them up instead, and they fail
  // for want of room.
  const failsByItself = (service: ServiceName): boolean => {
    if (!has(service, ({ role }) => role === 'errors')) return false;
    const calls = dependencies.get(service) ?? [];
    if (calls.some(keepsWaiting)) return false;
    const { failures, failedCalls, demand } = standing;
    const passedOn = calls.reduce((sum, callee) => sum + (failures.get(callee) ?? 0), failedCalls.get(service) ?? 0);
    const own = (failures.get(service) ?? 0) - passedOn;
    return own >= ownFailuresShare * Math.max(demand.get(service) ?? 0, 1);
  };

  const isOwn = (anomaly: Anomaly): boolean => {
    const { role, service, stream } = anomaly;
    // Requests that wait for others take room while they wait: what rises with them says nothing yet of whose trouble it is.
    if (stream === 'trend' && role !== 'disk') return !isAskedMore(service) && !waitsForTrouble(service);
    switch (role) {
      case 'requests':
      case 'retries':
      case 'timeouts':
      case 'latency':
      case 'logErrors':
      case 'logPattern':
        return false;
      case 'errors':
        return failsByItself(service);
      case 'cpu':
        return !isAskedMore(service) && !failsCalling(service);
      // What waits for others piles up.
      case 'connections':
      case 'queueDepth':
      case 'queueAge':
        return !isAskedMore(service) && !waitsForTrouble(service);
      default:
        return true;
    }
  };

  const suspects = new Map<ServiceName, number>();
  const failing = [...byService.keys()].filter(failsCalling);
  for (const service of failing) {
    for (const callee of dependencies.get(service) ?? []) suspects.set(callee, (suspects.get(callee) ?? 0) + 1);
  }
  return {
    graph,
    isAskedMore,
    failsCalling,
    failsByItself,
    isOwn,
    standsAlone: (service) => has(service, (anomaly) => anomaly.stream !== 'trend' && isOwn(anomaly)),
    suspects,
    failingCallers: Math.max(1, failing.length),
  };
}
