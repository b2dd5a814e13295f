import type { Topology } from '../../contract/target-api.ts';
import { instanceIdOf, serviceNameOf } from './branded-names.ts';
import { designs } from './designs.ts';
import { serviceIndex, zones } from './services.ts';
import type { FleetState, ServiceState } from './state.ts';

/** What the platform's own API shows. */
export function describeFleet(state: FleetState): Topology {
  return { at: state.at, zones: [...zones], services: state.services.map(describeService) };
}

/** The desired configuration alone, as operations report it before and after. */
export const describeDesired = (service: ServiceState): Topology['services'][number]['desired'] => ({
  instanceCount: service.instanceCount,
  version: service.version,
  configRevision: service.revision,
  cacheLimitMegabytes: service.cacheLimitMegabytes,
  volumeGigabytes: service.volumeGigabytes,
  connectionPoolSize: designs[serviceIndex(service.name)]?.poolSize ?? 0,
  admittedShare: service.admittedShare,
  pausedJobs: [...service.pausedJobs],
  drainedZones: [...service.drainedZones],
  failedOverDependencies: service.failedOver.map((name) => serviceNameOf(serviceIndex(name))),
  credential: service.credential,
  quarantinedMessages: [...service.quarantined],
});

function describeService(service: ServiceState, index: number): Topology['services'][number] {
  const design = designs[index];
  const dependsOn = (design?.calls ?? []).map((call) => serviceNameOf(serviceIndex(call.to)));
  // The worker takes from the queue that checkout fills.
  if (service.name === 'checkout') dependsOn.push(serviceNameOf(serviceIndex('orders-worker')));
  return {
    name: serviceNameOf(index),
    kind: design?.kind ?? 'service',
    dependsOn,
    hasStandby: design?.hasStandby ?? false,
    jobs: (design?.jobs ?? []).map((job) => job.name),
    desired: describeDesired(service),
    previousVersions: [...service.previousVersions],
    previousConfigRevisions: [...service.previousRevisions],
    instances: service.instances.map((instance) => ({
      id: instanceIdOf(instance.id),
      zone: instance.zone,
      state: instance.phase,
      version: instance.version,
      startedAt: instance.startedAt,
    })),
  };
}
