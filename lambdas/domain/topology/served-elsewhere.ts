import type { Topology } from './topology.ts';

/** Names of services whose callers all use the standby instead, so that nobody asks them anything. */
export const servedElsewhere = ({ services }: Topology): ReadonlySet<string> =>
  new Set(
    services
      .filter(({ name }) => {
        const callers = services.filter(({ dependsOn }) => dependsOn.includes(name));
        return callers.length > 0 && callers.every(({ desired }) => desired.failedOverDependencies.includes(name));
      })
      .map(({ name }) => name),
  );
