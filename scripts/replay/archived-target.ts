import type { Series } from '../../lambdas/domain/signal/series.ts';
import type { Topology } from '../../lambdas/domain/topology/topology.ts';
import { unconnectedTopology } from '../../lambdas/domain/topology/unconnected-topology.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Target } from '../../lambdas/ports/target.ts';

/** A platform that shows the topology archived last before now, else the first one, else what the series tell; nothing can be done to it. */
export function archivedTarget(clock: Clock, topologies: readonly Topology[], series: readonly Series[]): Target {
  const fallback = unconnectedTopology(series, 0);
  return {
    describe: async () => {
      const before = topologies.filter(({ at }) => at <= clock.now()).at(-1);
      return before ?? topologies[0] ?? fallback;
    },
    operate: async ({ key }) => ({ state: 'failed', key, endedAt: clock.now(), reason: 'a replay operates nothing' }),
  };
}
