import type { Topology } from '../../lambdas/domain/topology/topology.ts';

/** A service and everything that calls it, directly or through others: where its trouble can show. */
export const serviceAndCallers = (topology: Topology, service: string): ReadonlySet<string> => {
  const reached = new Set([service]);
  let before = 0;
  while (reached.size > before) {
    before = reached.size;
    for (const candidate of topology.services)
      if (candidate.dependsOn.some((dependency) => reached.has(dependency))) reached.add(candidate.name);
  }
  return reached;
};
