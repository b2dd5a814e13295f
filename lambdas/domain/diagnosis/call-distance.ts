import type { ServiceName } from '../ids.ts';
import type { Incident } from '../incident/incident.ts';
import type { Topology } from '../topology/topology.ts';

/** Steps along the call graph from the services that were anomalous at opening. */
export const distancesFrom = (incident: Incident, topology: Topology): ReadonlyMap<ServiceName, number> => {
  const distance = new Map<ServiceName, number>([[incident.service, 0]]);
  for (const service of incident.services) {
    distance.set(service, Math.min(distance.get(service) ?? 1, service === incident.service ? 0 : 1));
  }
  for (let step = 0; step < topology.services.length; step += 1) {
    for (const { name, dependsOn } of topology.services) {
      for (const dependency of dependsOn) {
        const here = distance.get(name) ?? Number.POSITIVE_INFINITY;
        const there = distance.get(dependency) ?? Number.POSITIVE_INFINITY;
        if (here + 1 < there) {
          distance.set(dependency, here + 1);
        } else if (there + 1 < here) {
          distance.set(name, there + 1);
        }
      }
    }
  }
  return distance;
};
