import { targets } from './call-targets.ts';
import { holdPool } from './connection-pool.ts';
import { designs } from './designs.ts';
import { serviceOf } from './instances.ts';
import type { Loads, ServiceLoad } from './loads.ts';
import { percentile95 } from './queueing.ts';
import { callSeen } from './seen-call.ts';
import { checkout, edge, queueCapacity, threadLimit, worker } from './services.ts';
import type { FleetState, ServiceState } from './state.ts';

/** Latency and failure of a service with those of everything it calls. */
export function collectOutcome(state: FleetState, loads: Loads, s: number): void {
  const service = serviceOf(state, s);
  const load = loads.service(s);
  const design = designs[s];
  if (design === undefined) return;
  let mean = 0;
  let second = 0;
  let failed = 0;
  let weight = 0;
  let unavailable = 0;
  for (let i = 0; i < service.instances.length; i += 1) {
    const pressed = load.instance(i);
    if (!pressed.serving) continue;
    unavailable += pressed.unavailable;
    mean += pressed.mean;
    second += pressed.variance + pressed.mean * pressed.mean;
    failed += pressed.failed;
    weight += 1;
  }
  if (weight === 0) {
    nobodyServes(service, load);
    if (s === edge) customers(loads, 0, 0, 1);
    return;
  }
  mean /= weight;
  load.unavailable = unavailable / weight;
  let variance = second / weight - mean * mean;
  load.ownMean = mean;
  load.ownVariance = variance;
  load.ownFailed = failed / weight;
  let sound = 1 - failed / weight;
  const perInstance = load.processed / weight;
  const routes = { mean: 0, second: 0, sound: 1 };
  const everyMean = { mean, variance, sound };
  for (let c = 0; c < design.calls.length; c += 1) {
    const call = design.calls[c];
    const callLoad = load.calls[c];
    const target = targets[s]?.[c] ?? -1;
    if (call === undefined || callLoad === undefined || target < 0) continue;
    const seen = callSeen(service, loads, c, s, target);
    let callMean = seen.mean;
    let callVariance = seen.variance;
    let callFailure = seen.failure;
    if (call.pooledHoldMilliseconds !== undefined) {
      const held = holdPool(
        service,
        load,
        design,
        perInstance * call.perRequest,
        callMean + call.pooledHoldMilliseconds,
      );
      callMean += held.wait;
      callVariance += held.wait * held.wait;
      callFailure = 1 - (1 - callFailure) * (1 - held.exhausted);
    }
    const often = load.processed > 0 ? callLoad.requests / load.processed : 0;
    if (s === edge && call.perRequest < 1) {
      // Customers are judged by the ordinary mix, the published figures by the actual one.
      routes.mean += call.perRequest * callMean;
      routes.second += call.perRequest * (callVariance + callMean * callMean);
      routes.sound -= call.perRequest * (1 - (1 - callFailure) * (1 - loads.service(target).turnedAway));
    } else if (s === edge) {
      everyMean.mean += callMean;
      everyMean.variance += callVariance;
      everyMean.sound *= 1 - callFailure;
    }
    const share = Math.min(1, often);
    mean += often * callMean;
    variance += often * callVariance + share * (1 - share) * callMean * callMean;
    sound *= 1 - share * callFailure;
  }
  if (s === checkout && state.queue.depth >= queueCapacity * 0.995) {
    const worked = loads.service(worker);
    const refused = load.processed > 0 ? Math.max(0, 1 - worked.admitted / load.processed) : 0;
    sound *= 1 - refused;
  }
  const inFlight = (perInstance * mean) / 1000;
  load.threadRejected = inFlight > threadLimit ? 1 - threadLimit / inFlight : 0;
  sound *= 1 - load.threadRejected;
  load.mean = mean;
  load.variance = Math.max(variance, 0.01);
  load.failure = 1 - sound;
  service.failure = load.failure;
  service.meanLatency = mean;
  if (s === edge) {
    const total = everyMean.mean + routes.mean;
    const scatter = everyMean.variance + routes.second - routes.mean * routes.mean;
    customers(loads, total, scatter, 1 - everyMean.sound * routes.sound * (1 - load.turnedAway));
  }
}

function nobodyServes(service: ServiceState, load: ServiceLoad): void {
  load.mean = 5;
  load.variance = 4;
  load.failure = 1;
  load.ownFailed = 1;
  load.threadRejected = 0;
  for (const call of load.calls) {
    call.timeouts = 0;
    call.retries = 0;
    call.refused = 0;
    call.failure = 0;
  }
  load.connections = 0;
  service.failure = 1;
  service.meanLatency = load.mean;
}

function customers(loads: Loads, mean: number, variance: number, failure: number): void {
  loads.edgeP95 = percentile95(mean, variance);
  loads.edgeSuccess = 1 - failure;
}
