import { type FleetState, windowSubSteps } from './state.ts';

/** How the shop really fares, over the 60 s that end at `at`. Nothing the responder reads carries it. */
export type Truth = {
  readonly at: number;
  /** Share of ordinary customers' requests that succeeded. */
  readonly edgeSuccess: number;
  readonly edgeP95Milliseconds: number;
  /** The same percentile of a healthy shop at this hour of the week. */
  readonly healthyEdgeP95Milliseconds: number;
  /** `instance resource` of one that is within 10% of its limit, or null. */
  readonly resourceNearLimit: string | null;
  readonly hurting: boolean;
};

const resources = ['cpu', 'memory', 'disk', 'connections'] as const;
const limit = 0.9;

export function judge(state: FleetState, healthyEdgeP95Milliseconds: number): Truth {
  const { success, p95, requests, queueShare } = state.customers;
  let asked = 0;
  let answered = 0;
  let slow = 0;
  let queued = 0;
  for (let index = 0; index < windowSubSteps; index += 1) {
    const weight = requests[index] ?? 0;
    asked += weight;
    answered += weight * (success[index] ?? 1);
    slow += weight * (p95[index] ?? 0);
    queued += (queueShare[index] ?? 0) / windowSubSteps;
  }
  const edgeSuccess = asked > 0 ? answered / asked : 1;
  const edgeP95Milliseconds = asked > 0 ? slow / asked : 0;
  const resourceNearLimit = queued >= limit ? 'orders-worker queue' : nearLimit(state);
  return {
    at: state.at,
    edgeSuccess,
    edgeP95Milliseconds,
    healthyEdgeP95Milliseconds,
    resourceNearLimit,
    hurting: edgeSuccess < 0.99 || edgeP95Milliseconds > 2 * healthyEdgeP95Milliseconds || resourceNearLimit !== null,
  };
}

function nearLimit(state: FleetState): string | null {
  for (const service of state.services) {
    for (const instance of service.instances) {
      for (let resource = 0; resource < resources.length; resource += 1) {
        let sum = 0;
        for (let index = resource; index < instance.recent.length; index += 4) sum += instance.recent[index] ?? 0;
        if (sum >= limit * windowSubSteps) return `${instance.id} ${resources[resource]}`;
      }
    }
  }
  return null;
}
