import type { ServiceName } from '../ids.ts';
import type { Topology } from '../topology/topology.ts';

export type CallGraph = {
  /** Every service that calls this one, through others or not; without itself. */
  callersOf(service: ServiceName): ReadonlySet<ServiceName>;
  /** Every service that this one calls, through others or not; without itself. */
  dependenciesOf(service: ServiceName): ReadonlySet<ServiceName>;
};

export function callGraph({ services }: Pick<Topology, 'services'>): CallGraph {
  const dependencies = new Map(services.map(({ name, dependsOn }) => [name, dependsOn]));
  const callers = new Map(
    services.map(({ name }) => [
      name,
      services.filter(({ dependsOn }) => dependsOn.includes(name)).map((caller) => caller.name),
    ]),
  );
  return {
    callersOf: (service) => reach(callers, service),
    dependenciesOf: (service) => reach(dependencies, service),
  };
}

function reach(edges: ReadonlyMap<ServiceName, readonly ServiceName[]>, start: ServiceName): ReadonlySet<ServiceName> {
  const found = new Set<ServiceName>();
  const open = [...(edges.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === start || found.has(next)) continue;
    found.add(next);
    open.push(...(edges.get(next) ?? []));
  }
  return found;
}
