import { hash } from '../physics/random.ts';
import type { Grip, InstanceState, ServiceState } from '../physics/state.ts';
import type { ActiveFault } from './definition.ts';

/** The instances that a fault takes hold of when it begins. */
export function chosen(service: ServiceState, fault: ActiveFault): readonly InstanceState[] {
  if (fault.definition.scope === 'all') return service.instances;
  // Of the first slot of each zone: later ones are taken away by the next scaling in, and the fault with them.
  const running = service.instances.filter((instance) => instance.phase === 'running' && instance.slot === 1);
  const named = service.instances.find((instance) => instance.id === fault.instance);
  const drawn = named ?? running[hash(fault.seed, 0, 0, 104) % Math.max(1, running.length)] ?? service.instances[0];
  return drawn === undefined ? [] : [drawn];
}

type HeldCarrier = 'process' | 'host' | 'cache' | 'connections';

/** Which one it is of what an instance has one of at a time: the next one is out of the fault's hold. */
export function generation(instance: InstanceState, carrier: HeldCarrier): number {
  switch (carrier) {
    case 'process':
      return instance.process;
    case 'host':
      return instance.host;
    case 'cache':
      return instance.cacheGeneration;
    case 'connections':
      return instance.poolGeneration;
  }
}

/** Whether the fault still has hold of this instance. */
export function holds(fault: ActiveFault, service: ServiceState, grip: Grip, instance: InstanceState): boolean {
  const { carrier } = fault.definition;
  switch (carrier) {
    case 'process':
    case 'host':
    case 'cache':
    case 'connections':
      return grip.held[instance.id] === generation(instance, carrier);
    case 'version':
      return grip.tokens.includes(instance.version) && inScope(service, fault, instance);
    case 'config':
      return grip.tokens.includes(instance.revision) && inScope(service, fault, instance);
    case 'link':
      return grip.tokens.includes(instance.zone);
    case 'cacheLimit':
      return service.cacheLimitMegabytes === null && inScope(service, fault, instance);
    case 'traffic':
    case 'job':
    case 'logFiles':
    case 'temporaryFiles':
    case 'data':
    case 'credential':
    case 'message':
    case 'primary':
      return inScope(service, fault, instance);
  }
}

function inScope(service: ServiceState, fault: ActiveFault, instance: InstanceState): boolean {
  if (fault.definition.scope === 'all') return true;
  const ids = service.instances.map((other) => other.id);
  return instance.id === (fault.instance ?? ids[hash(fault.seed, 0, 0, 104) % Math.max(1, ids.length)]);
}
