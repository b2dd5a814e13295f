import { databaseConnections } from './connection-pool.ts';
import { designs } from './designs.ts';
import { crashInstance, serviceOf } from './instances.ts';
import type { Loads } from './loads.ts';
import { normal } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { ServiceDesign } from './service-design.ts';
import { database, instanceEntity, threadLimit, worker } from './services.ts';
import { type FleetState, type InstanceState, windowSubSteps } from './state.ts';

/** Memory, garbage collection, disk, caches and noise of every instance over one sub-step. */
const seconds = 5;
const perMinute = seconds / 60;
const warming = 1 - Math.exp(-seconds / 35);

export function consumeResources(state: FleetState, loads: Loads, at: number, step: number, recorder: Recorder): void {
  const open = databaseConnections(state, loads);
  for (let s = 0; s < designs.length; s += 1) {
    const design = designs[s];
    const service = serviceOf(state, s);
    const load = loads.service(s);
    if (design === undefined) continue;
    if (s === worker) deliverPayload(state, loads, at, step);
    for (let i = 0; i < service.instances.length; i += 1) {
      const instance = service.instances[i];
      if (instance === undefined) continue;
      const pressed = load.instance(i);
      const entity = instanceEntity(s, instance.zone, instance.slot);
      instance.noise = 0.9 * instance.noise + 0.436 * normal(state.seed, entity, step, 81);
      const up = instance.phase === 'running';
      if (up) {
        instance.warmth += (1 - instance.warmth) * warming;
        if (design.cache !== null) warmCache(design, instance, pressed.processed);
        instance.leakMegabytes += pressed.memoryLeak * design.memoryMegabytes * perMinute;
        const cacheRoom = service.cacheLimitMegabytes ?? Number.POSITIVE_INFINITY;
        instance.cacheMegabytes = Math.min(
          cacheRoom,
          instance.cacheMegabytes + pressed.cacheGrowth * design.memoryMegabytes * perMinute,
        );
        instance.leakedConnections = Math.min(
          design.poolSize * 0.98,
          instance.leakedConnections + pressed.connectionLeak * design.poolSize * perMinute,
        );
      }
      useMemory(design, instance, pressed, Math.min(threadLimit, (load.mean * pressed.processed) / 1000));
      useDisk(design, service.volumeGigabytes, instance, pressed);
      if (s === database) pressed.connections = Math.min(1, open);
      if (up) {
        pressed.cpu = Math.max(0.005, Math.min(1, pressed.cpu * (1 + 0.05 * instance.noise)));
      } else {
        pressed.cpu = instance.phase === 'starting' ? 0.45 + 0.08 * instance.noise : 0;
        pressed.connections = s === database ? pressed.connections : 0;
      }
      if (up && pressed.memory >= 1 && !design.managedHeap) crashInstance(s, instance, at, recorder, true);
      remember(instance, step, up ? pressed.cpu : 0, up ? pressed.memory : 0, pressed.disk, pressed.connections);
    }
  }
}

function warmCache(design: ServiceDesign, instance: InstanceState, processed: number): void {
  if (design.cache === null || processed <= 0) return;
  const share = 1 - Math.exp((-seconds * 2.3) / design.cache.warmUpSeconds);
  instance.cacheWarmth += (1 - instance.cacheWarmth) * share;
  const wanted = design.cache.megabytes * instance.cacheWarmth;
  if (instance.cacheMegabytes < wanted) instance.cacheMegabytes = wanted;
}

/** A message with a large payload goes to one worker after another, each delivery after the last one ended. */
function deliverPayload(state: FleetState, loads: Loads, at: number, step: number): void {
  const service = serviceOf(state, worker);
  const running = service.instances.filter((instance) => instance.phase === 'running');
  for (const instance of running) instance.payloadMegabytes = 0;
  if (loads.payloadMemory <= 0 || step % 4 !== 0) return;
  const taken = running[Math.floor(at / 20_000) % Math.max(1, running.length)];
  if (taken === undefined || at - taken.startedAt < 5000) return;
  taken.payloadMegabytes = loads.payloadMemory * (designs[worker]?.memoryMegabytes ?? 1024);
}

type Pressed = ReturnType<ReturnType<Loads['service']>['instance']>;

function useMemory(design: ServiceDesign, instance: InstanceState, pressed: Pressed, inFlight: number): void {
  const limit = design.memoryMegabytes;
  const resident = limit * design.residentShare * (0.8 + 0.2 * instance.warmth) + inFlight * 0.6;
  let live = resident + instance.cacheMegabytes + instance.leakMegabytes;
  if (!design.managedHeap) {
    live = Math.min(live, limit * 1.2) + instance.payloadMegabytes;
    pressed.memory = Math.min(1.05, (live / limit) * (1 + 0.004 * instance.noise));
    return;
  }
  const most = limit * 0.965;
  if (live > most) {
    // Allocation fails before the heap could grow further.
    const over = live - most;
    const fromLeak = Math.min(over, instance.leakMegabytes);
    instance.leakMegabytes -= fromLeak;
    instance.cacheMegabytes = Math.max(0, instance.cacheMegabytes - (over - fromLeak));
    live = most;
  }
  const occupied = live / limit;
  const young = Math.max(limit * 0.015, (limit - live) * 0.22);
  instance.garbageMegabytes += pressed.processed * seconds * 0.09 + 1;
  let collections = 0;
  if (instance.garbageMegabytes > young) {
    collections = Math.min(60, Math.floor(instance.garbageMegabytes / young));
    instance.garbageMegabytes %= young;
  }
  const tight = Math.max(0, (occupied - 0.78) / 0.185);
  instance.gcShare = instance.phase === 'running' ? Math.min(0.6, 0.004 * collections + 0.45 * tight ** 3) : 0;
  instance.gcPause = Math.max(1, (7 + 10 * occupied + 900 * tight ** 3) * (1 + 0.12 * instance.noise));
  pressed.heapFull = occupied > 0.955 ? 1 : 0;
  pressed.memory = Math.min(1, (live + Math.min(instance.garbageMegabytes, young)) / limit);
}

function useDisk(design: ServiceDesign, volume: number, instance: InstanceState, pressed: Pressed): void {
  const original = design.volumeGigabytes;
  const free = volume - used(design, instance);
  if (free > 0) {
    instance.logGigabytes += (pressed.processed * seconds * design.logMegabytesPerThousand) / 1_000_000;
    instance.temporaryGigabytes += (pressed.processed * seconds * 0.25) / 1_000_000;
    instance.floodLogGigabytes += Math.min(free, pressed.logWriteRate * original * perMinute);
    instance.floodTemporaryGigabytes += Math.min(free, pressed.temporaryWriteRate * original * perMinute);
    const data = pressed.dataAdded * original;
    if (data > instance.addedDataGigabytes) {
      instance.addedDataGigabytes += Math.min(free, data - instance.addedDataGigabytes);
    }
  }
  pressed.disk = Math.min(1, used(design, instance) / volume);
  pressed.diskFull = pressed.disk > 0.995 ? 1 : 0;
}

const used = (design: ServiceDesign, instance: InstanceState): number =>
  design.volumeGigabytes * design.dataShare +
  instance.addedDataGigabytes +
  instance.logGigabytes +
  instance.floodLogGigabytes +
  instance.temporaryGigabytes +
  instance.floodTemporaryGigabytes;

function remember(
  instance: InstanceState,
  step: number,
  cpu: number,
  memory: number,
  disk: number,
  connections: number,
): void {
  const place = (step % windowSubSteps) * 4;
  instance.recent[place] = cpu;
  instance.recent[place + 1] = memory;
  instance.recent[place + 2] = disk;
  instance.recent[place + 3] = connections;
}
