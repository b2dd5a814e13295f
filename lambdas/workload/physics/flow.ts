import { holdPool } from './connection-pool.ts';
import { designs } from './designs.ts';
import { isServing, serviceOf } from './instances.ts';
import type { Loads, ServiceLoad } from './loads.ts';
import { percentile95, retryLoad } from './queueing.ts';
import { callSeen } from './seen-call.ts';
import { serve } from './serve-requests.ts';
import { checkout, edge, queueCapacity, serviceIndex, threadLimit, worker } from './services.ts';
import type { FleetState, InstanceState } from './state.ts';
import { takeFromQueue } from './worker-queue.ts';

/**
 * One sub-step of the call graph: load travels from the edge down, latency and
 * failure travel back up. Waiting for a processor follows Sakasegawa's (1977)
 * approximation of M/M/c; time-outs and retries of the last sub-step are this
 * one's extra load.
 */

const targets = designs.map((design) => design.calls.map((call) => serviceIndex(call.to)));

export function flow(state: FleetState, loads: Loads, demand: number): void {
  offerFromEdge(state, loads, demand);
  for (let s = 0; s < designs.length; s += 1) spread(state, loads, s);
  for (let s = designs.length - 1; s >= 0; s -= 1) collect(state, loads, s);
}

/** Ordinary demand enters at the edge; a surge enters where its traffic is bound for, through the edge if it calls it. */
function offerFromEdge(state: FleetState, loads: Loads, demand: number): void {
  for (let s = 0; s < designs.length; s += 1) loads.service(s).offered = loads.service(s).excess;
  const edgeLoad = loads.service(edge);
  edgeLoad.offered += demand;
  for (const target of targets[edge] ?? []) edgeLoad.offered += loads.service(target).excess;
  edgeLoad.turnedAway = 0;
  admit(edgeLoad, serviceOf(state, edge).admittedShare, demand);
}

/** A limit turns away the callers that ask for most before it touches ordinary ones. */
function admit(load: ServiceLoad, share: number, ordinary: number): void {
  load.admitted = load.offered * share;
  load.turnedAway = ordinary > load.admitted && ordinary > 0 ? 1 - load.admitted / ordinary : 0;
}

/** Divides what a service is offered among its instances and passes calls on to what it depends on. */
function spread(state: FleetState, loads: Loads, s: number): void {
  const service = serviceOf(state, s);
  const load = loads.service(s);
  const design = designs[s];
  if (design === undefined) return;
  if (s !== edge) admit(load, service.admittedShare, load.offered - load.excess);
  if (s === worker) takeFromQueue(state, loads, load);
  let up = 0;
  for (let i = 0; i < service.instances.length; i += 1) {
    const instance = service.instances[i];
    const pressed = load.instance(i);
    pressed.serving = instance !== undefined && isServing(service, instance);
    if (pressed.serving && instance !== undefined) up += slowStart(instance, state.at);
  }
  load.down = up === 0;
  load.processed = 0;
  load.miss = 0;
  let hits = 0;
  let serving = 0;
  for (let i = 0; i < service.instances.length; i += 1) {
    const instance = service.instances[i];
    const pressed = load.instance(i);
    if (instance === undefined || !pressed.serving) continue;
    pressed.arrivals = (load.admitted * slowStart(instance, state.at)) / up;
    serving += 1;
    serve(design, service, instance, pressed);
    load.processed += pressed.processed;
    load.miss += pressed.processed * (1 - pressed.hit);
    hits += pressed.hit;
  }
  load.hitRate = serving > 0 ? hits / serving : 0;
  if (s === edge) passSurgesOn(loads, load);
  for (let c = 0; c < design.calls.length; c += 1) {
    const call = design.calls[c];
    const callLoad = load.calls[c];
    const target = targets[s]?.[c] ?? -1;
    if (call === undefined || callLoad === undefined || target < 0) continue;
    const again = retryLoad(service.attemptFailure[c] ?? 0, call.retries);
    const surged = s === edge && call.perRequest < 1 ? loads.service(target).excess : 0;
    const ordinary =
      s === edge && call.perRequest < 1 ? load.ordinary : call.onMiss === true ? load.miss : load.processed;
    callLoad.requests = ordinary * call.perRequest + surged;
    callLoad.attempts = callLoad.requests * (1 + again);
    if (!service.failedOver.includes(call.to)) loads.service(target).offered += callLoad.attempts - surged;
  }
  if (s === checkout) loads.service(worker).offered += load.processed * (1 - service.failure);
}

/** Balancers give a fresh instance a growing share over its first minute. */
const slowStart = (instance: InstanceState, at: number): number =>
  Math.min(1, 0.3 + (0.7 * (at - instance.startedAt)) / 60_000);

/** What of a surge did not get through the edge does not reach its target. */
function passSurgesOn(loads: Loads, load: ServiceLoad): void {
  const passed = load.offered > 0 ? load.processed / load.offered : 0;
  let surged = 0;
  for (const target of targets[edge] ?? []) {
    const other = loads.service(target);
    surged += other.excess;
    other.offered -= other.excess * (1 - passed);
    other.excess *= passed;
  }
  load.ordinary = (load.offered - surged) * passed;
}

/** Latency and failure of a service with those of everything it calls. */
function collect(state: FleetState, loads: Loads, s: number): void {
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
    const spread_ = everyMean.variance + routes.second - routes.mean * routes.mean;
    customers(loads, total, spread_, 1 - everyMean.sound * routes.sound * (1 - load.turnedAway));
  }
}

function customers(loads: Loads, mean: number, variance: number, failure: number): void {
  loads.edgeP95 = percentile95(mean, variance);
  loads.edgeSuccess = 1 - failure;
}
