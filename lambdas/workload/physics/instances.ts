import type { Loads } from './loads.ts';
import { between, uniform } from './random.ts';
import type { Recorder } from './recorder.ts';
import { instanceEntity, instanceName, serviceNames, type Zone } from './services.ts';
import { type FleetState, type InstanceState, type ServiceState, subStepMilliseconds } from './state.ts';

/** Processes and hosts coming up, going down and being replaced. */

const toStep = (seconds: number): number => Math.ceil(seconds / 5) * subStepMilliseconds;

const entityOf = (service: number, instance: InstanceState): number =>
  instanceEntity(service, instance.zone, instance.slot);

/** A duration in [low, high] seconds, rounded up to sub-steps, in milliseconds. */
export function duration(
  state: FleetState,
  service: number,
  instance: InstanceState | null,
  at: number,
  low: number,
  high: number,
): number {
  const entity = instance === null ? service : entityOf(service, instance);
  return toStep(between(low, high, state.seed, entity, at / subStepMilliseconds, 61));
}

/** Everything that lives in the process is new after this; code and cache start as warm as told, 0 to 1. */
export function renewProcess(service: ServiceState, instance: InstanceState, warm: number, cacheWarm: number): void {
  instance.process += 1;
  instance.cacheGeneration += 1;
  instance.poolGeneration += 1;
  instance.version = service.version;
  instance.revision = service.revision;
  instance.warmth = warm;
  instance.cacheWarmth = cacheWarm;
  instance.cacheMegabytes = 0;
  instance.leakMegabytes = 0;
  instance.garbageMegabytes = 0;
  instance.payloadMegabytes = 0;
  instance.leakedConnections = 0;
  instance.backlog = 0;
  instance.gcShare = 0;
  instance.gcPause = 0;
}

/** Takes the process down now and brings a new one up within low to high seconds. */
export function restartInstance(
  state: FleetState,
  service: number,
  instance: InstanceState,
  at: number,
  low = 15,
  high = 40,
): void {
  // Caches start from a snapshot that is some hours old.
  renewProcess(serviceOf(state, service), instance, 0.15, 0.5);
  instance.phase = 'starting';
  instance.phaseEndsAt = at + duration(state, service, instance, at, low, high);
  instance.startedAt = at;
}

/** Moves the instance to another host: its disk and everything on it is new. 40 to 90 s. */
export function replaceInstance(state: FleetState, service: number, instance: InstanceState, at: number): void {
  restartInstance(state, service, instance, at, 40, 90);
  renewHost(instance);
}

/** Moves the instance to another host as planned upkeep does: the new process is up before the old one goes. */
export function migrateInstance(service: ServiceState, instance: InstanceState, at: number): void {
  renewProcess(service, instance, 0.15, 0.5);
  instance.startedAt = at;
  renewHost(instance);
}

function renewHost(instance: InstanceState): void {
  instance.host += 1;
  instance.crashes = 0;
  instance.logGigabytes = 0.4;
  instance.floodLogGigabytes = 0;
  instance.temporaryGigabytes = 0.2;
  instance.floodTemporaryGigabytes = 0;
}

/** The process exits by itself; the platform starts it again, later each time it does so soon after a start. */
export function crashInstance(
  service: number,
  instance: InstanceState,
  at: number,
  recorder: Recorder,
  outOfMemory = false,
): void {
  recorder.exited(service, instance.id, outOfMemory);
  const soon = at - instance.startedAt < 180_000;
  instance.crashes = soon ? instance.crashes + 1 : 1;
  instance.phase = 'crashed';
  instance.phaseEndsAt = at + toStep(Math.min(60, 5 * 2 ** Math.min(6, instance.crashes)));
  const entity = entityOf(service, instance);
  recorder.change(
    at,
    service,
    {
      kind: 'restart',
      actor: 'platform',
      instance: instance.id,
      summary: `process of ${instance.id} exited and is started again`,
    },
    3000 + entity,
  );
}

export function serviceOf(state: FleetState, service: number): ServiceState {
  const found = state.services[service];
  if (found === undefined) throw new RangeError(`no service ${service}`);
  return found;
}

export const isServing = (service: ServiceState, instance: InstanceState): boolean =>
  instance.phase === 'running' && !service.drainedZones.includes(instance.zone);

/** Ends phases that are due and lets failing starts fail. */
export function advancePhases(state: FleetState, s: number, at: number, loads: Loads, recorder: Recorder): void {
  const service = serviceOf(state, s);
  const load = loads.service(s);
  for (let i = 0; i < service.instances.length; i += 1) {
    const instance = service.instances[i];
    if (instance === undefined) continue;
    switch (instance.phase) {
      case 'starting':
        if (at >= instance.phaseEndsAt) {
          instance.phase = 'running';
          instance.startedAt = at;
        }
        break;
      case 'crashed':
        if (at >= instance.phaseEndsAt) restartInstance(state, s, instance, at);
        break;
      case 'stopping':
        break;
      case 'running': {
        const pressed = load.instance(i);
        const age = at - instance.startedAt;
        if (instance.crashes > 0 && age > 240_000) instance.crashes = 0;
        if (pressed.startFailure === 0 && pressed.crashRate === 0) break;
        const draw = uniform(state.seed, entityOf(s, instance), at / subStepMilliseconds, 62);
        const failsStart = age >= 5000 && age < 60_000 && draw < pressed.startFailure * 0.6;
        const exits = draw > 1 - pressed.crashRate / 12;
        if (failsStart || exits) crashInstance(s, instance, at, recorder);
        break;
      }
    }
  }
}

export function newInstance(service: ServiceState, s: number, zone: Zone, slot: number): InstanceState {
  return {
    id: instanceName(serviceNames[s] ?? 'edge-gateway', zone, slot),
    zone,
    slot,
    phase: 'running',
    phaseEndsAt: 0,
    startedAt: 0,
    version: service.version,
    revision: service.revision,
    process: 0,
    processCounted: 0,
    host: 0,
    cacheGeneration: 0,
    poolGeneration: 0,
    crashes: 0,
    warmth: 1,
    cacheWarmth: 1,
    cacheMegabytes: 0,
    leakMegabytes: 0,
    garbageMegabytes: 0,
    payloadMegabytes: 0,
    backlog: 0,
    leakedConnections: 0,
    logGigabytes: 0.4,
    floodLogGigabytes: 0,
    temporaryGigabytes: 0.2,
    floodTemporaryGigabytes: 0,
    addedDataGigabytes: 0,
    noise: 0,
    gcShare: 0,
    gcPause: 0,
    recent: new Array<number>(48).fill(0),
  };
}

/** One running instance drawn by a number, or undefined when none runs. */
export function drawnInstance(service: ServiceState, draw: number): InstanceState | undefined {
  const running = service.instances.filter((instance) => instance.phase === 'running');
  return running[draw % Math.max(1, running.length)];
}
