import { laneOf, versionAt } from './benign.ts';
import type { Loads } from './loads.ts';
import { between, uniform } from './random.ts';
import type { Recorder } from './recorder.ts';
import { designs, instanceEntity, instanceName, serviceNames, type Zone, zones } from './services.ts';
import { type FleetState, type InstanceState, type Rollout, type ServiceState, subStepMilliseconds } from './state.ts';

/** Processes and hosts coming up, going down and being replaced; roll-outs; scaling. */

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
function renewProcess(service: ServiceState, instance: InstanceState, warm: number, cacheWarm: number): void {
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

const hasStopped = (instance: InstanceState, at: number): boolean =>
  instance.phase === 'stopping' && at >= instance.phaseEndsAt;

/** Keeps as many instances in the zones in use as are desired. */
export function reconcile(state: FleetState, s: number, at: number): void {
  const service = serviceOf(state, s);
  const allowed = zones.filter((zone) => !service.drainedZones.includes(zone));
  if (service.instances.some((instance) => hasStopped(instance, at))) {
    service.instances = service.instances.filter((instance) => !hasStopped(instance, at));
  }
  let present = 0;
  let up = 0;
  let misplaced = false;
  for (const instance of service.instances) {
    if (instance.phase === 'stopping') continue;
    if (service.drainedZones.includes(instance.zone)) {
      misplaced = true;
      continue;
    }
    present += 1;
    if (instance.phase === 'running') up += 1;
  }
  if (present === service.instanceCount && !misplaced) return;
  for (; present < service.instanceCount && allowed.length > 0; present += 1) addInstance(state, s, at, allowed);
  for (; present > service.instanceCount; present -= 1) retireOne(service, at);
  if (misplaced && up >= service.instanceCount) {
    for (const instance of service.instances) {
      if (instance.phase !== 'stopping' && service.drainedZones.includes(instance.zone)) retire(instance, at);
    }
  }
}

function addInstance(state: FleetState, s: number, at: number, allowed: readonly Zone[]): void {
  const service = serviceOf(state, s);
  const inZone = (zone: Zone) => service.instances.filter((instance) => instance.zone === zone);
  const zone = allowed.reduce((best, other) => (inZone(other).length < inZone(best).length ? other : best));
  let slot = 1;
  while (inZone(zone).some((instance) => instance.slot === slot)) slot += 1;
  const instance = newInstance(service, s, zone, slot);
  service.instances.push(instance);
  service.instances.sort((a, b) => (a.id < b.id ? -1 : 1));
  restartInstance(state, s, instance, at, 25, 55);
  instance.processCounted = instance.process;
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

const retire = (instance: InstanceState, at: number): void => {
  instance.phase = 'stopping';
  instance.phaseEndsAt = at + 10_000;
};

/** The newest slot of the fuller zone goes. */
function retireOne(service: ServiceState, at: number): void {
  const kept = service.instances.filter((instance) => instance.phase !== 'stopping');
  const inB = kept.filter((instance) => instance.zone === 'b').length;
  const zone: Zone = inB * 2 >= kept.length ? 'b' : 'a';
  const candidates = kept.filter((instance) => instance.zone === zone);
  const last = candidates[candidates.length - 1] ?? kept[kept.length - 1];
  if (last !== undefined) retire(last, at);
}

export function startRollout(service: ServiceState, kind: Rollout['kind'], target: string): void {
  if (kind !== 'restart') {
    service.rollouts = service.rollouts.filter((rollout) => rollout.kind !== kind);
  }
  service.rollouts.push({
    kind,
    target,
    waiting: service.instances.filter((instance) => instance.phase !== 'stopping').map((instance) => instance.id),
    current: [],
    currentEndsAt: 0,
  });
}

/** Makes a version the desired one and rolls it out, one instance after the other, the new process up before the old one goes. */
export function deploy(
  state: FleetState,
  s: number,
  version: string,
  at: number,
  actor: string,
  recorder: Recorder,
): void {
  const service = serviceOf(state, s);
  const from = service.version;
  service.previousVersions = [from, ...service.previousVersions.filter((v) => v !== version && v !== from)].slice(0, 5);
  service.version = version;
  startRollout(service, 'version', version);
  recorder.change(
    at,
    s,
    { kind: 'deploy', actor, from, to: version, summary: `deploy ${service.name} ${version}` },
    71,
  );
}

export function configure(
  state: FleetState,
  s: number,
  revision: string,
  at: number,
  actor: string,
  recorder: Recorder,
): void {
  const service = serviceOf(state, s);
  const from = service.revision;
  service.previousRevisions = [from, ...service.previousRevisions.filter((r) => r !== revision && r !== from)].slice(
    0,
    5,
  );
  service.revision = revision;
  startRollout(service, 'config', revision);
  recorder.change(
    at,
    s,
    { kind: 'config', actor, from, to: revision, summary: `apply configuration ${revision} to ${service.name}` },
    72,
  );
}

/** The pipeline's own deploy of this step. */
export const pipelineVersion = (state: FleetState, s: number, at: number): string =>
  versionAt(state.seed, s, at / subStepMilliseconds);

export function advanceRollouts(state: FleetState, s: number, at: number): void {
  const service = serviceOf(state, s);
  const rollout = service.rollouts[0];
  if (rollout === undefined) return;
  const find = (id: string) => service.instances.find((instance) => instance.id === id);
  if (rollout.current.length > 0) {
    if (rollout.kind === 'restart') {
      const coming = rollout.current.some((id) => find(id)?.phase === 'starting');
      if (coming && at < rollout.currentEndsAt) return;
    } else {
      if (at < rollout.currentEndsAt) return;
      for (const id of rollout.current) {
        const instance = find(id);
        if (instance === undefined || instance.phase === 'stopping') continue;
        if (rollout.kind === 'config' && instance.phase === 'running') {
          instance.revision = service.revision;
        } else if (instance.phase === 'running') {
          renewProcess(service, instance, 0.6, 0.7);
          instance.startedAt = at;
        }
      }
    }
    rollout.current = [];
  }
  const batch = rollout.kind === 'restart' ? Math.max(1, Math.floor(service.instances.length / 2)) : 1;
  rollout.current = rollout.waiting.splice(0, batch);
  if (rollout.current.length === 0) {
    service.rollouts.shift();
    return;
  }
  const first = find(rollout.current[0] ?? '') ?? null;
  switch (rollout.kind) {
    case 'restart':
      rollout.currentEndsAt = at + 90_000;
      for (const id of rollout.current) {
        const instance = find(id);
        if (instance !== undefined && instance.phase !== 'stopping') restartInstance(state, s, instance, at);
      }
      break;
    case 'version':
      rollout.currentEndsAt = at + duration(state, s, first, at, 10, 20);
      break;
    case 'config':
      rollout.currentEndsAt = at + duration(state, s, first, at, 4, 9);
      break;
  }
  // A process that is down anyway comes up with what is desired now.
  if (rollout.kind !== 'restart' && first !== null && first.phase === 'crashed')
    restartInstance(state, s, first, at, 15, 25);
}

/** Scales by processor use as platforms do: looked at once a minute, slow to give back. */
export function autoscale(state: FleetState, s: number, at: number, cpu: number, recorder: Recorder): void {
  const service = serviceOf(state, s);
  const bounds = designs[s]?.autoscaling ?? null;
  service.cpuMean += (cpu - service.cpuMean) * (1 - Math.exp(-5 / 150));
  if (bounds === null || at % 60_000 !== 0 || at < service.scaledAt + 300_000) return;
  const count = service.instanceCount;
  const grown = count < bounds.most && service.cpuMean > 0.38;
  const shrunk =
    count > bounds.least &&
    service.cpuMean * (count / (count - 1)) < 0.34 &&
    at > service.heldUntil &&
    at >= service.scaledAt + 2_400_000;
  if (!grown && !shrunk) return;
  service.instanceCount = grown ? count + 1 : count - 1;
  service.scaledAt = at;
  recorder.change(
    at,
    s,
    {
      kind: 'scaling',
      actor: 'autoscaler',
      from: String(count),
      to: String(service.instanceCount),
      summary: `scale ${service.name} from ${count} to ${service.instanceCount} instances`,
    },
    73,
  );
}

/** One running instance drawn by a number, or undefined when none runs. */
export function drawnInstance(service: ServiceState, draw: number): InstanceState | undefined {
  const running = service.instances.filter((instance) => instance.phase === 'running');
  return running[draw % Math.max(1, running.length)];
}

/** The platform's own upkeep of single instances, as timetabled. */
export function upkeepLane(state: FleetState, s: number, step: number, event: 'recycle' | 'replacement' | 'exit') {
  return drawnInstance(serviceOf(state, s), laneOf(state.seed, s, step, event));
}
