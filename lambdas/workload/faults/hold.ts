import { hash } from '../physics/random.ts';
import type { Grip, InstanceState, ServiceState } from '../physics/state.ts';
import type { ActiveFault, Carrier } from './definition.ts';

/** Which one it is of what an instance has one of at a time: the next one is out of the fault's hold. */
export const generations = {
  process: ({ process }) => process,
  host: ({ host }) => host,
  cache: ({ cacheGeneration }) => cacheGeneration,
  connections: ({ poolGeneration }) => poolGeneration,
} satisfies Partial<Record<Carrier, (instance: InstanceState) => number>>;

export const isOfInstances = (carrier: Carrier): carrier is keyof typeof generations =>
  Object.hasOwn(generations, carrier);

/** Whether the fault still has hold of this instance. */
export function holds(fault: ActiveFault, service: ServiceState, grip: Grip, instance: InstanceState): boolean {
  const { carrier } = fault.definition;
  if (isOfInstances(carrier)) return grip.held[instance.id] === generations[carrier](instance);
  switch (carrier) {
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

/** What clears the whole fault at once, wherever it is. */
export function suspended(service: ServiceState, fault: ActiveFault, grip: Grip): boolean {
  const token = grip.tokens[0] ?? '';
  switch (fault.definition.carrier) {
    case 'job':
      return service.pausedJobs.includes(token);
    case 'credential':
      return service.credential !== token;
    case 'message':
      return service.quarantined.includes(token);
    default:
      return false;
  }
}
