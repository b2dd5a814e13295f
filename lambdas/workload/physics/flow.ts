import { peakDemand } from './demand.ts';
import { isServing, serviceOf } from './lifecycle.ts';
import type { InstanceLoad, Loads, ServiceLoad } from './loads.ts';
import { hashText } from './random.ts';
import {
  checkout,
  databaseConnectionLimit,
  designs,
  edge,
  queueCapacity,
  type ServiceDesign,
  serviceIndex,
  threadLimit,
  worker,
  workerConcurrency,
} from './services.ts';
import type { FleetState, InstanceState, ServiceState } from './state.ts';

/**
 * One sub-step of the call graph: load travels from the edge down, latency and
 * failure travel back up. Waiting for a processor follows Sakasegawa's (1977)
 * approximation of M/M/c; time-outs and retries of the last sub-step are this
 * one's extra load.
 */
const seconds = 5;

const targets = designs.map((design) => design.calls.map((call) => serviceIndex(call.to)));
const codeFactors = new Map<string, number>();

/** Versions differ a little in what a request costs: within 3%. */
function codeFactor(version: string): number {
  let factor = codeFactors.get(version);
  if (factor === undefined) {
    factor = 0.97 + ((hashText(version) % 1000) / 1000) * 0.06;
    if (codeFactors.size > 5000) codeFactors.clear();
    codeFactors.set(version, factor);
  }
  return factor;
}

/** Waiting time as a multiple of service time. */
const waitFactor = (utilisation: number, servers: number): number =>
  utilisation ** (Math.sqrt(2 * (servers + 1)) - 1) / (servers * (1 - utilisation));

/** Share of a lognormal latency with this mean and variance that exceeds the limit (logistic approximation). */
function exceeds(mean: number, variance: number, limit: number): number {
  if (mean <= 0) return 0;
  const spread = Math.log(1 + variance / (mean * mean));
  const z = (Math.log(limit / mean) + spread / 2) / Math.sqrt(Math.max(spread, 0.04));
  return z > 12 ? 0 : 1 / (1 + Math.exp(1.7 * z));
}

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

const retryLoad = (failure: number, retries: number): number => {
  let load = 0;
  let chance = 1;
  for (let r = 0; r < retries; r += 1) {
    chance *= failure;
    load += chance;
  }
  return load;
};

/** Processor, waiting and own errors of one instance. */
function serve(design: ServiceDesign, service: ServiceState, instance: InstanceState, pressed: InstanceLoad): void {
  const cache = design.cache;
  let missCost = 0;
  if (cache !== null) {
    const limit = service.cacheLimitMegabytes;
    const room = limit === null ? 1 : Math.min(1, limit / cache.megabytes) ** 0.4;
    pressed.hit = cache.hitShare * instance.cacheWarmth * (1 - pressed.cacheLoss) * room;
    missCost = 1 - pressed.hit;
  }
  const contention = 1 / (1 + pressed.backgroundCpu);
  const available = Math.max(0.05, contention * (1 - pressed.cpuSteal) * (1 - instance.gcShare));
  const cold = 1 + 0.5 * (1 - instance.warmth);
  const cpu =
    design.cpuMillisecondsPerRequest *
    codeFactor(instance.version) *
    cold *
    (1 + pressed.cpuPerRequest) *
    (cache === null ? 1 : 0.8 + missCost * 2);
  const capacity = (design.cores * available * 1000) / cpu;
  const arrivals = pressed.arrivals;
  const waiting = instance.backlog + arrivals * seconds;
  const room = capacity * 3;
  const done = Math.min(waiting, capacity * seconds);
  const left = waiting - done;
  instance.backlog = left < 0.5 ? 0 : Math.min(left, room);
  pressed.rejected = left > room && arrivals > 0 ? Math.min(1, (left - room) / (arrivals * seconds)) : 0;
  pressed.processed = done / seconds;
  const utilisation = Math.min(0.97, arrivals / capacity);
  const service_ = cpu / available;
  const queued = service_ * waitFactor(utilisation, design.cores) + (instance.backlog / capacity) * 1000;
  const missMean = cache === null ? 0 : missCost * cache.missMilliseconds;
  const missVariance = cache === null ? 0 : missCost * (1 - missCost) * cache.missMilliseconds ** 2;
  const pause = instance.gcPause;
  pressed.mean =
    design.baseMilliseconds + service_ + queued + missMean + instance.gcShare * pause + pressed.addedLatency;
  pressed.variance =
    0.2 * design.baseMilliseconds ** 2 +
    0.4 * service_ ** 2 +
    queued * queued +
    missVariance +
    instance.gcShare * pause * pause +
    0.25 * pressed.addedLatency ** 2;
  if (pressed.packetLoss > 0) {
    // Half of the callers sit in the other zone; a lost packet costs a retransmission time-out or two.
    const lost = 0.5 * pressed.packetLoss;
    pressed.mean += lost * 1500;
    pressed.variance += lost * (1 - lost) * 1500 ** 2 + lost * 700 ** 2;
  }
  const sound =
    (1 - pressed.exceptionShare) *
    (1 - pressed.settingShare) *
    (1 - pressed.hardwareShare) *
    (1 - pressed.backendShare) *
    (1 - pressed.flagShare) *
    (1 - pressed.credentialRejected) *
    (1 - pressed.unavailable) *
    (1 - pressed.rejected) *
    (1 - 0.5 * pressed.diskFull) *
    (1 - 0.12 * pressed.heapFull) *
    (1 - 0.12 * pressed.packetLoss);
  pressed.failed = 1 - sound * (1 - ordinaryErrorShare(design));
  pressed.cpu = Math.min(
    1,
    ((pressed.processed * cpu) / (design.cores * 1000)) * (1 - pressed.cpuSteal) +
      Math.min(1, pressed.backgroundCpu) +
      pressed.cpuSteal +
      instance.gcShare +
      0.03 +
      0.25 * (1 - instance.warmth) * Math.max(0, instance.warmth < 0.9 ? 0.6 : 0),
  );
}

const ordinaryErrorShare = (design: ServiceDesign): number => (design.kind === 'database' ? 0.0001 : 0.0004);

/** The worker takes what the queue holds, as fast as its slots and its calls allow. */
function takeFromQueue(state: FleetState, loads: Loads, load: ServiceLoad): void {
  const service = serviceOf(state, worker);
  const queue = state.queue;
  const arriving = Math.min(load.offered, Math.max(0, (queueCapacity - queue.depth) / seconds + queue.taken));
  const stuck = arriving * loads.queueBlocked;
  if (loads.queueBlocked > 0) {
    queue.blocked += stuck * seconds;
    if (queue.blockedSince === 0) queue.blockedSince = state.at;
  } else {
    queue.blocked = 0;
    queue.blockedSince = 0;
  }
  let running = 0;
  for (const instance of service.instances) if (isServing(service, instance)) running += 1;
  const slots = running * workerConcurrency;
  const handling = Math.max(40, service.meanLatency);
  const pace = (slots * 1000) / handling;
  const ready = Math.max(0, queue.depth - queue.blocked) / seconds + (arriving - stuck);
  // A few messages are always on their way: those that arrived within one handling time.
  const onTheirWay = ((arriving * handling) / 1000 / seconds) * 1.2;
  load.admitted = Math.max(0, Math.min(pace, ready - onTheirWay));
  queue.taken = load.admitted;
  queue.depth = Math.min(queueCapacity, Math.max(0, queue.depth + (arriving - load.admitted) * seconds));
  loads.queueAge =
    queue.blockedSince > 0
      ? (state.at + 5000 - queue.blockedSince) / 1000
      : load.admitted > 0
        ? queue.depth / load.admitted
        : queue.depth > 0
          ? 60
          : 0;
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

/** 95th percentile from mean and variance (one-sided normal quantile, 1.645). */
export const percentile95 = (mean: number, variance: number): number =>
  Math.max(mean, mean + 1.645 * Math.sqrt(Math.max(0, variance)));

const seenCall = { mean: 0, variance: 0, failure: 0 };

/** One downstream call as its caller sees it: time-outs cut it short, retries repeat it. */
function callSeen(service: ServiceState, loads: Loads, c: number, s: number, target: number) {
  const call = designs[s]?.calls[c];
  const callLoad = loads.service(s).calls[c];
  if (call === undefined || callLoad === undefined) throw new RangeError(`no call ${c} of service ${s}`);
  const callee = loads.service(target);
  const standby = service.failedOver.includes(call.to);
  const mean = standby ? standbyMean(target) : callee.mean;
  const variance = standby ? (0.6 * mean) ** 2 : callee.variance;
  const failure = standby ? 0.0003 : callee.failure;
  const late = exceeds(mean, variance, call.timeoutMilliseconds);
  const attempt = 1 - (1 - failure) * (1 - late);
  const again = retryLoad(attempt, call.retries);
  const cut = Math.min(mean, call.timeoutMilliseconds) * (1 - late) + call.timeoutMilliseconds * late;
  // Failures of one moment have one cause, so a retry helps less than independent draws would.
  seenCall.failure = attempt ** (1 + call.retries * 0.8);
  seenCall.mean = cut * (1 + again) + 15 * again;
  const most = call.timeoutMilliseconds ** 2 * 0.25;
  seenCall.variance = Math.min(variance, most) * (1 + again) + again * cut * cut;
  callLoad.failure = attempt;
  callLoad.timeouts = callLoad.attempts * late;
  callLoad.refused = standby ? 0 : callLoad.attempts * (callee.down ? 1 : callee.unavailable);
  callLoad.retries = (callLoad.attempts / (1 + again)) * again;
  service.attemptFailure[c] = attempt;
  return seenCall;
}

/** A standby idles elsewhere: unloaded, one zone further away. */
function standbyMean(target: number): number {
  const design = designs[target];
  if (design === undefined) return 10;
  const miss = design.cache === null ? 0 : (1 - design.cache.hitShare) * design.cache.missMilliseconds;
  return (design.baseMilliseconds + design.cpuMillisecondsPerRequest * 1.4 + miss) * 1.15 + 1;
}

const heldPool = { wait: 0, exhausted: 0 };

/** Waiting for a pooled connection: M/M/c with a server for each connection that is not leaked. */
function holdPool(service: ServiceState, load: ServiceLoad, design: ServiceDesign, rate: number, hold: number) {
  heldPool.wait = 0;
  heldPool.exhausted = 0;
  load.connections = 0;
  let count = 0;
  for (let i = 0; i < service.instances.length; i += 1) {
    const instance = service.instances[i];
    const pressed = load.instance(i);
    if (instance === undefined || !pressed.serving) continue;
    const free = Math.max(0.2, design.poolSize - instance.leakedConnections);
    const wanted = (rate * hold) / 1000;
    const utilisation = Math.min(0.97, wanted / free);
    const wait = Math.min(1000, hold * waitFactor(utilisation, free));
    pressed.poolExhausted = wanted > 0.97 * free ? 1 - (0.97 * free) / wanted : 0;
    pressed.connections = Math.min(1, (instance.leakedConnections + Math.min(wanted, free)) / design.poolSize);
    heldPool.wait += wait;
    heldPool.exhausted += pressed.poolExhausted;
    load.connections += pressed.connections;
    count += 1;
  }
  if (count > 0) {
    heldPool.wait /= count;
    heldPool.exhausted /= count;
    load.connections /= count;
  }
  return heldPool;
}

/** Connections open at the database, as a share of what it accepts; more of them cost it time. */
export function databaseConnections(state: FleetState, loads: Loads): number {
  let open = 6;
  for (let s = 0; s < designs.length; s += 1) {
    const design = designs[s];
    const service = serviceOf(state, s);
    if (design === undefined || design.poolSize === 0 || service.failedOver.includes('orders-db')) continue;
    for (let i = 0; i < service.instances.length; i += 1) {
      if (loads.service(s).instance(i).serving) {
        open += Math.min(design.poolSize, 2 + loads.service(s).instance(i).connections * design.poolSize * 1.2);
      }
    }
  }
  return open / databaseConnectionLimit;
}

/** Requests a second a service is built for at the daily peak. */
export const peakRates: readonly number[] = (() => {
  const rates = designs.map(() => 0);
  rates[edge] = peakDemand;
  for (let s = 0; s < designs.length; s += 1) {
    const design = designs[s];
    if (design === undefined) continue;
    const missShare = design.cache === null ? 1 : 1 - design.cache.hitShare;
    for (let c = 0; c < design.calls.length; c += 1) {
      const call = design.calls[c];
      const target = targets[s]?.[c] ?? 0;
      if (call === undefined) continue;
      const share = call.onMiss === true ? missShare : 1;
      rates[target] = (rates[target] ?? 0) + (rates[s] ?? 0) * call.perRequest * share;
    }
    if (s === checkout) rates[worker] = (rates[worker] ?? 0) + (rates[s] ?? 0);
  }
  return rates;
})();
