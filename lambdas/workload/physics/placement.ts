import { designs } from './designs.ts';
import { newInstance, restartInstance, serviceOf } from './instances.ts';
import type { Recorder } from './recorder.ts';
import { type Zone, zones } from './services.ts';
import type { FleetState, InstanceState, ServiceState } from './state.ts';

/** How many instances there are, and in which zones. */

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
