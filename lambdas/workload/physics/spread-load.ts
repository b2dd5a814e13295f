import { targets } from './call-targets.ts';
import { designs } from './designs.ts';
import { isServing, serviceOf } from './instances.ts';
import type { Loads, ServiceLoad } from './loads.ts';
import { retryLoad } from './queueing.ts';
import { serve } from './serve-requests.ts';
import { checkout, edge, worker } from './services.ts';
import type { FleetState, InstanceState } from './state.ts';
import { takeFromQueue } from './worker-queue.ts';

/** Ordinary demand enters at the edge; a surge enters where its traffic is bound for, through the edge if it calls it. */
export function offerFromEdge(state: FleetState, loads: Loads, demand: number): void {
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
export function spreadLoad(state: FleetState, loads: Loads, s: number): void {
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
