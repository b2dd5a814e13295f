import type { Series } from '../../lambdas/domain/signal/series.ts';
import { type Topology, topologySchema } from '../../lambdas/domain/topology/topology.ts';
import type { Clock, Target } from '../../lambdas/ports.ts';

/** A platform that shows the topology archived last before now, else the first one; nothing can be done to it. */
export function archivedTarget(clock: Clock, topologies: readonly Topology[], series: readonly Series[]): Target {
  const fallback = unconnected(series);
  return {
    describe: async () => {
      const before = topologies.filter(({ at }) => at <= clock.now()).at(-1);
      return before ?? topologies[0] ?? fallback;
    },
    operate: async ({ key }) => ({ state: 'failed', key, endedAt: clock.now(), reason: 'a replay operates nothing' }),
  };
}

/** Where no topology was archived: the services that the series name, none of which is known to call another. */
function unconnected(series: readonly Series[]): Topology {
  const services = [...new Set(series.map(({ service }) => service))].map((name) => {
    const instances = [
      ...new Set(series.flatMap(({ service, instance }) => (service === name && instance !== null ? [instance] : []))),
    ];
    return {
      name,
      kind: 'service',
      dependsOn: [],
      hasStandby: false,
      jobs: [],
      desired: {
        instanceCount: instances.length,
        version: '',
        configRevision: '',
        cacheLimitMegabytes: null,
        volumeGigabytes: 0,
        connectionPoolSize: 0,
        admittedShare: 1,
        pausedJobs: [],
        drainedZones: [],
        failedOverDependencies: [],
        credential: '',
        quarantinedMessages: [],
      },
      previousVersions: [],
      previousConfigRevisions: [],
      instances: instances.map((id) => ({ id, zone: '', state: 'running', version: '', startedAt: 0 })),
    };
  });
  return topologySchema.parse({ at: 0, zones: [], services });
}
