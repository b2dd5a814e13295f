import type { ServiceName } from '../ids.ts';
import type { Service, Topology } from '../topology/topology.ts';

export type Refusal = { readonly refused: string };

/** Why a step cannot be carried out, as a value rather than an exception. */
export const refuse = (refused: string): Refusal => ({ refused });

export const findService = (topology: Topology, name: string): Service | undefined =>
  topology.services.find((service) => service.name === name);

/** Continues with the named service, or refuses because the topology has none. */
export const withService = <T>(topology: Topology, name: ServiceName, then: (service: Service) => T): T | Refusal => {
  const service = findService(topology, name);
  return service === undefined ? refuse(`the topology has no service ${name}`) : then(service);
};

/** Share of a service's instances that one of them is, 1 where there is none to spare. */
export const shareOfOne = (topology: Topology, name: ServiceName): number => {
  const count = findService(topology, name)?.instances.length ?? 0;
  return count > 0 ? 1 / count : 1;
};
