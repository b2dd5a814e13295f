import type { Anomaly } from '../anomaly/anomaly.ts';
import type { ServiceName } from '../ids.ts';
import type { Topology } from '../topology/topology.ts';
import { type CallGraph, callGraph } from './call-graph.ts';
import { type Standing, shareOfRequests, timesExpected } from './magnitude.ts';
import { symptom } from './symptom.ts';

/** What the present anomalies, taken together, say of each service: whose trouble is its own, and whose comes from others. */
export type Scene = {
  readonly graph: CallGraph;
  /** Asked for more than it is used to. */
  isAskedMore(service: ServiceName): boolean;
  /** Its own calls fail or do not come back: it repeats them or gives up waiting. */
  failsCalling(service: ServiceName): boolean;
  /** They do so for a moment only: what hangs or takes no calls is known by its silence, later than by those that call it in vain. */
  failsCallingLately(service: ServiceName): boolean;
  /** It fails clearly more requests than all that it calls fail together. */
  failsByItself(service: ServiceName): boolean;
  /** It takes more connections than it is used to, which are connections of those that it calls, too. */
  holdsMore(service: ServiceName): boolean;
  /** The anomaly cannot come from another service's trouble. */
  isOwn(anomaly: Anomaly): boolean;
  /** Something is wrong in the service itself by now, whatever goes on elsewhere. */
  standsAlone(service: ServiceName): boolean;
  /** Direct dependencies of services whose calls fail, and how many such services call each. */
  readonly suspects: ReadonlyMap<ServiceName, number>;
  /**
   * How far each suspect accounts for the failing calls, 0 to 1: the share of the services with failing calls that call it,
   * directly or through others of them, times the share of its own callers whose calls fail.
   */
  readonly blame: ReadonlyMap<ServiceName, number>;
  /** It shows nothing itself, and calls have failed for a moment only in which another suspect is hardly less to blame. */
  isOneOfSeveralSuspects(service: ServiceName): boolean;
};

/** Share of a service's requests that must fail beyond what its dependencies fail. */
const ownFailuresShare = 0.03;
const repeatingRoom = 1.5;
/** Signs of a service that keeps its callers waiting, or turns them away, without failing their requests. */
const waiting = ['latency', 'queueAge', 'queueDepth', 'connections', 'instances'] as const;

/** A silence takes 20 s to be noticed, and a period to be read. */
const latelyMilliseconds = 30_000;

/** A suspect with so much of another's blame is hardly less to blame: who fails first is chance. */
const rivalShare = 0.6;

/** A call that was repeated or given up waiting for. */
const isFailedCall = ({ role }: Anomaly): boolean => role === 'retries' || role === 'timeouts';

function isLately(failed: readonly Anomaly[]): boolean {
  const [begun, seen] = [failed.map(({ onset }) => onset), failed.map(({ lastSeen }) => lastSeen)];
  return failed.length > 0 && Math.max(...seen) - Math.min(...begun) < latelyMilliseconds;
}

export function readScene(anomalies: readonly Anomaly[], standing: Standing, topology: Topology): Scene {
  const graph = callGraph(topology);
  const dependencies = new Map(topology.services.map(({ name, dependsOn }) => [name, dependsOn]));
  const byService = Map.groupBy(anomalies, ({ service }) => service);
  const has = (service: ServiceName, holds: (anomaly: Anomaly) => boolean): boolean =>
    byService.get(service)?.some(holds) ?? false;

  const isAskedMore = (service: ServiceName): boolean =>
    has(service, ({ role, direction }) => role === 'requests' && direction === 'above');
  const failsCalling = (service: ServiceName): boolean => has(service, isFailedCall);
  const failsCallingLately = (service: ServiceName): boolean =>
    isLately((byService.get(service) ?? []).filter(isFailedCall));
  const keepsWaiting = (service: ServiceName): boolean =>
    has(service, ({ role, direction }) => direction === 'missing' || waiting.some((sign) => sign === role));
  const holdsMore = (service: ServiceName): boolean =>
    has(service, ({ role, direction }) => role === 'connections' && direction === 'above');
  const isHeldByCallers = (service: ServiceName): boolean =>
    topology.services.some(({ name, dependsOn }) => dependsOn.includes(service) && holdsMore(name));
  const waitsForTrouble = (service: ServiceName): boolean =>
    [...graph.dependenciesOf(service)].some((dependency) =>
      has(dependency, (anomaly) => symptom(anomaly) === 'harm' || anomaly.direction === 'missing'),
    );

  // One failed request needs at least one failed call: as many as the callee counts, and those that never reached it,
  // which the caller repeats or stops waiting for. One that keeps its callers waiting fills them up instead, and they fail
  // for want of room.
  const failsByItself = (service: ServiceName): boolean => {
    // A failed call and the request that fails for it may be counted in different periods: at first they tell nothing.
    if (!has(service, ({ role }) => role === 'errors') || failsCallingLately(service)) return false;
    const calls = dependencies.get(service) ?? [];
    if (calls.some(keepsWaiting)) return false;
    const { failures, failedCalls, demand } = standing;
    const passedOn = calls.reduce((sum, callee) => sum + (failures.get(callee) ?? 0), failedCalls.get(service) ?? 0);
    const own = (failures.get(service) ?? 0) - passedOn;
    return own >= ownFailuresShare * Math.max(demand.get(service) ?? 0, 1);
  };

  // To call once more costs a caller no more than to call, with room for what it writes of it.
  const isWorkOfRepeating = (anomaly: Anomaly): boolean =>
    failsCalling(anomaly.service) &&
    timesExpected(anomaly.observed ?? 0, anomaly) <=
      repeatingRoom * (1 + shareOfRequests(standing.failedCalls.get(anomaly.service) ?? 0, anomaly, standing));

  const isOwn = (anomaly: Anomaly): boolean => {
    const { role, service, stream } = anomaly;
    // A pool that is not given back is seen from both of its ends.
    if (role === 'connections' && isHeldByCallers(service)) return false;
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
        return !isAskedMore(service) && !isWorkOfRepeating(anomaly);
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
  // Whoever calls in vain fails those that call it in turn, so whom it calls may be to blame for theirs as well.
  const throughFailing = callGraph({
    services: topology.services.map((one) => (failing.includes(one.name) ? one : { ...one, dependsOn: [] })),
  });
  const blame = new Map(
    [...suspects].map(([callee, callers]) => {
      const all = topology.services.filter(({ dependsOn }) => dependsOn.includes(callee)).length;
      return [callee, (throughFailing.callersOf(callee).size / failing.length) * (callers / all)];
    }),
  );
  const isOneOfSeveralSuspects = (service: ServiceName): boolean => {
    const own = blame.get(service);
    if (own === undefined || byService.has(service) || !isLately(anomalies.filter(isFailedCall))) return false;
    return [...blame].some(([other, share]) => other !== service && !failsCalling(other) && share >= rivalShare * own);
  };
  return {
    graph,
    isAskedMore,
    failsCalling,
    failsCallingLately,
    failsByItself,
    holdsMore,
    isOwn,
    standsAlone: (service) => has(service, (anomaly) => anomaly.stream !== 'trend' && isOwn(anomaly)),
    suspects,
    blame,
    isOneOfSeveralSuspects,
  };
}
