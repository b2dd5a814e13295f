import { revisionAt, revisionHistory, stepsSince, versionAt, versionHistory } from './benign.ts';
import { expectedDemandShare } from './demand.ts';
import { designs } from './designs.ts';
import { newInstance } from './instances.ts';
import { credentialAt } from './operation-effects.ts';
import { peakRates } from './peak-rates.ts';
import { between } from './random.ts';
import { Recorder } from './recorder.ts';
import { instanceEntity, serviceNames, type Zone } from './services.ts';
import { type FleetState, type ServiceState, subStepMilliseconds, windowSubSteps } from './state.ts';
import { subStep } from './sub-step.ts';

/** Sub-steps run before the first moment that is published, so that noise and gauges are in their stride: 15 min. */
const settlingSteps = 180;
const none = { faults: [], operations: [] };

/** A shop that has been running for long. `quiet`: without noise and goings-on, for what is healthy at an hour. */
export function settledFleet(seed: number, at: number, quiet = false): FleetState {
  const start = at - settlingSteps * subStepMilliseconds;
  const state: FleetState = {
    layout: 1,
    seed,
    at: start,
    demandNoise: 0,
    services: designs.map((_, s) => settledService(seed, s, start)),
    queue: { depth: 4, blocked: 0, blockedSince: 0, taken: 0 },
    operations: [],
    operationsForgottenBefore: 0,
    grips: [],
    customers: {
      success: new Array<number>(windowSubSteps).fill(1),
      p95: new Array<number>(windowSubSteps).fill(0),
      requests: new Array<number>(windowSubSteps).fill(0),
      queueShare: new Array<number>(windowSubSteps).fill(0),
    },
  };
  const recorder = new Recorder(seed, 'changes');
  for (let step = 0; step < settlingSteps; step += 1) subStep(state, none, recorder, quiet);
  return state;
}

function settledService(seed: number, s: number, at: number): ServiceState {
  const design = designs[s];
  if (design === undefined) throw new RangeError(`no service ${s}`);
  const step = at / subStepMilliseconds;
  const versions = versionHistory(seed, s, step);
  const revisions = revisionHistory(seed, s, step);
  const service: ServiceState = {
    name: serviceNames[s] ?? 'edge-gateway',
    instanceCount: instancesFor(s, at),
    version: versions[0] ?? versionAt(seed, s, 0),
    revision: revisions[0] ?? revisionAt(seed, s, 0),
    previousVersions: versions.slice(1),
    previousRevisions: revisions.slice(1),
    cacheLimitMegabytes: null,
    volumeGigabytes: design.volumeGigabytes,
    admittedShare: 1,
    pausedJobs: [],
    drainedZones: [],
    failedOver: [],
    credential: credentialAt(seed, s, 0),
    quarantined: [],
    archivedLogGigabytes: 0,
    archivedTemporaryGigabytes: 0,
    instances: [],
    rollouts: [],
    attemptFailure: design.calls.map(() => 0.001),
    latencyNoise: 0,
    meanLatency: 80,
    failure: 0.001,
    cpuMean: 0.45,
    scaledAt: 0,
    heldUntil: 0,
  };
  for (let i = 0; i < service.instanceCount; i += 1) {
    const zone: Zone = i % 2 === 0 ? 'a' : 'b';
    const slot = Math.floor(i / 2) + 1;
    const instance = newInstance(service, s, zone, slot);
    const entity = instanceEntity(s, zone, slot);
    instance.startedAt = at - Math.floor(between(2, 60, seed, entity, 0, 121)) * 3_600_000;
    const perInstance = ((peakRates[s] ?? 0) * 0.63) / service.instanceCount;
    const sinceRotation = stepsSince(seed, s, 'logRotation', step) * 5;
    const sinceSweep = stepsSince(seed, s, 'sweep', step) * 5;
    instance.logGigabytes = 0.3 + (perInstance * sinceRotation * design.logMegabytesPerThousand) / 1_000_000;
    instance.temporaryGigabytes = 0.2 + (perInstance * sinceSweep * 0.25) / 1_000_000;
    instance.cacheMegabytes = design.cache?.megabytes ?? 0;
    service.instances.push(instance);
  }
  service.instances.sort((a, b) => (a.id < b.id ? -1 : 1));
  return service;
}

/** What the autoscaler would have settled on at this hour. */
function instancesFor(s: number, at: number): number {
  const design = designs[s];
  if (design === undefined) return 1;
  const { autoscaling } = design;
  if (autoscaling === null) return design.instances;
  const rate = (peakRates[s] ?? 0) * expectedDemandShare(at);
  const needed = (rate * design.cpuMillisecondsPerRequest) / (1000 * design.cores * 0.4);
  return Math.max(autoscaling.least, Math.min(autoscaling.most, Math.ceil(needed)));
}
