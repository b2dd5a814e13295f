import { applyFaults } from '../faults/apply-faults.ts';
import type { ActiveFault } from '../faults/definition.ts';
import { beginOperations, type RequestedOperation } from './begin-operations.ts';
import { edgeDemand, nextDemandNoise } from './demand.ts';
import { designs } from './designs.ts';
import { finishOperations } from './finish-operations.ts';
import { flow } from './flow.ts';
import { advancePhases, serviceOf } from './instances.ts';
import { type InstanceLoad, Loads, type ServiceLoad } from './loads.ts';
import { writeLogs } from './logs.ts';
import { autoscale, reconcile } from './placement.ts';
import { percentile95 } from './queueing.ts';
import { normal, poisson } from './random.ts';
import type { Recorder } from './recorder.ts';
import { consumeResources } from './resources.ts';
import { advanceRollouts } from './rollouts.ts';
import { edge, instanceEntity, queueCapacity, worker } from './services.ts';
import { type FleetState, subStepMilliseconds, subStepSeconds, windowSubSteps } from './state.ts';
import { keepUp } from './upkeep.ts';

export type FleetInputs = {
  readonly faults: readonly ActiveFault[];
  readonly operations: readonly RequestedOperation[];
};

const loads = new Loads();

/** Moves `state` (in place) from its moment 5 s ahead. */
export function subStep(state: FleetState, inputs: FleetInputs, recorder: Recorder, quiet = false): void {
  const at = state.at;
  const step = at / subStepMilliseconds;
  beginOperations(state, inputs.operations, at, recorder);
  // Instances come and go here only: what presses on them is kept by their position until the sub-step ends.
  for (let s = 0; s < designs.length; s += 1) reconcile(state, s, at);
  loads.clear(state.services);
  if (!quiet) keepUp(state, at, step, loads, recorder);
  if (inputs.faults.length > 0 || state.grips.length > 0) applyFaults(state, inputs.faults, at, loads, recorder);
  for (let s = 0; s < designs.length; s += 1) {
    advanceRollouts(state, s, at);
    advancePhases(state, s, at, loads, recorder);
  }
  state.demandNoise = quiet ? 0 : nextDemandNoise(state.seed, step, state.demandNoise);
  flow(state, loads, edgeDemand(state.seed, step, at, state.demandNoise, quiet));
  consumeResources(state, loads, at, step, recorder);
  for (let s = 0; s < designs.length; s += 1) {
    const service = serviceOf(state, s);
    service.latencyNoise = 0.75 * service.latencyNoise + 0.66 * normal(state.seed, s, step, 113);
    autoscale(state, s, at, meanCpu(state, s), recorder);
  }
  if (recorder.extent !== 'changes') record(state, step, recorder);
  if (recorder.extent === 'all') writeLogs(state, loads, at, step, recorder);
  rememberCustomers(state, step);
  for (const service of state.services) {
    for (const instance of service.instances) instance.processCounted = instance.process;
  }
  state.at = at + subStepMilliseconds;
  finishOperations(state, state.at);
}

function meanCpu(state: FleetState, s: number): number {
  const load = loads.service(s);
  const count = serviceOf(state, s).instances.length;
  let sum = 0;
  let serving = 0;
  for (let i = 0; i < count; i += 1) {
    if (!load.instance(i).serving) continue;
    sum += load.instance(i).cpu;
    serving += 1;
  }
  return serving > 0 ? sum / serving : serviceOf(state, s).cpuMean;
}

function rememberCustomers(state: FleetState, step: number): void {
  const { customers } = state;
  const place = step % windowSubSteps;
  customers.success[place] = loads.edgeSuccess;
  customers.p95[place] = loads.edgeP95;
  customers.requests[place] = loads.service(edge).offered;
  customers.queueShare[place] = state.queue.depth / queueCapacity;
}

/** What meters read of this sub-step: counts are whole and drawn, gauges carry their noise. */
function record(state: FleetState, step: number, recorder: Recorder): void {
  for (let s = 0; s < designs.length; s += 1) {
    const service = serviceOf(state, s);
    const load = loads.service(s);
    const design = designs[s];
    if (design === undefined) continue;
    let requests = 0;
    let errors = 0;
    let running = 0;
    for (let i = 0; i < service.instances.length; i += 1) {
      const instance = service.instances[i];
      if (instance === undefined) continue;
      const pressed = load.instance(i);
      const entity = instanceEntity(s, instance.zone, instance.slot);
      recorder.instance(entity, 'RestartCount', instance.process - instance.processCounted);
      const up = instance.phase === 'running';
      if (up) running += 1;
      if (up || instance.phase === 'starting') {
        recorder.instance(entity, 'CpuUtilization', pressed.cpu * 100);
        recorder.instance(entity, 'MemoryUtilization', pressed.memory * 100);
        recorder.instance(entity, 'DiskUtilization', pressed.disk * 100);
      }
      if (!up) continue;
      if (pressed.unavailable < 0.5) recorder.instance(entity, 'Heartbeat', 1);
      if (design.managedHeap) recorder.instance(entity, 'GarbageCollectionPause', instance.gcPause);
      if (design.poolSize > 0)
        recorder.instance(entity, 'ConnectionUtilization', jittered(pressed.connections, 0.09, state, entity, step));
      const taken = pressed.serving ? poisson(pressed.processed * subStepSeconds, state.seed, entity, step, 111) : 0;
      const own = ownFailure(load, i);
      const failed = Math.min(taken, poisson(taken * own, state.seed, entity, step, 112));
      recorder.instance(entity, 'RequestCount', taken);
      if (taken > 0)
        recorder.instance(entity, 'LatencyP95', instanceP95(load, pressed) * Math.exp(0.07 * instance.noise));
      recorder.instance(entity, 'ErrorCount', failed);
      requests += taken;
      errors += failed;
    }
    recorder.service(s, 'RequestCount', requests);
    recorder.service(s, 'ErrorCount', errors);
    recorder.service(s, 'RunningInstances', running);
    if (requests > 0) {
      recorder.service(
        s,
        'LatencyP95',
        percentile95(load.mean, load.variance) * Math.exp(0.055 * service.latencyNoise),
      );
    }
    if (design.calls.length > 0) recordCalls(state, s, step, recorder);
    if (s === worker) {
      recorder.service(s, 'QueueDepth', poisson(state.queue.depth, state.seed, s, step, 114));
      recorder.service(s, 'QueueAge', loads.queueAge * (1 + 0.1 * Math.abs(normal(state.seed, s, step, 115))));
    }
    if (design.poolSize > 0)
      recorder.service(s, 'ConnectionUtilization', jittered(load.connections, 0.06, state, s, step));
    if (design.kind === 'database') {
      recorder.service(s, 'ConnectionUtilization', jittered(load.instance(0).connections, 0.02, state, s, step));
    }
    if (design.cache !== null && requests > 0) {
      const rate = load.hitRate + 0.008 * normal(state.seed, s, step, 116);
      recorder.service(s, 'CacheHitRate', Math.max(0, Math.min(1, rate)) * 100);
    }
  }
}

/** An instance's own latency with what its service's dependencies add to everyone's. */
function instanceP95(load: ServiceLoad, pressed: InstanceLoad): number {
  return percentile95(
    load.mean - load.ownMean + pressed.mean,
    Math.max(0, load.variance - load.ownVariance) + pressed.variance,
  );
}

/** Failing share of what an instance took on: its own failures with what its service's dependencies add to everyone's. */
function ownFailure(load: ServiceLoad, index: number): number {
  const pressed = load.instance(index);
  const common = Math.max(0, 1 - (1 - load.failure) / Math.max(0.001, 1 - load.ownFailed));
  const own = 1 - (1 - pressed.failed) / Math.max(0.001, 1 - pressed.unavailable);
  return 1 - (1 - Math.max(0, own)) * (1 - common);
}

function recordCalls(state: FleetState, s: number, step: number, recorder: Recorder): void {
  let timeouts = 0;
  let retries = 0;
  for (const call of loads.service(s).calls) {
    timeouts += call.timeouts;
    retries += call.retries;
  }
  recorder.service(s, 'TimeoutCount', poisson(timeouts * subStepSeconds, state.seed, s, step, 117));
  recorder.service(s, 'RetryCount', poisson(retries * subStepSeconds, state.seed, s, step, 118));
}

const jittered = (share: number, deviation: number, state: FleetState, entity: number, step: number): number =>
  Math.max(0, Math.min(1, share * (1 + deviation * normal(state.seed, entity, step, 119)))) * 100;
