import type { InstanceId, ServiceName } from '../ids.ts';
import type { Series } from '../signal/series.ts';
import type { DesiredConfiguration, Service, Topology } from './topology.ts';

/**
 * What the names of series tell of a workload whose platform tells nothing: its services and instances, none of
 * which is known to call another, and none of which can be operated. An instance counts as running as long as its
 * series are listed. `at` is now, epoch milliseconds.
 */
export function unconnectedTopology(series: readonly Series[], at: number): Topology {
  const instances = new Map<ServiceName, Set<InstanceId>>();
  for (const { service, instance } of series) {
    const known = instances.get(service) ?? new Set();
    if (instance !== null) known.add(instance);
    instances.set(service, known);
  }
  const services = [...instances].map(([name, ids]) => unconnectedService(name, [...ids].sort()));
  return { at, operable: false, zones: [], services: services.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

const unconnectedService = (name: ServiceName, instances: readonly InstanceId[]): Service => ({
  name,
  kind: 'service',
  dependsOn: [],
  hasStandby: false,
  jobs: [],
  desired: { ...nothingKnown, instanceCount: instances.length },
  previousVersions: [],
  previousConfigRevisions: [],
  instances: instances.map((id) => ({ id, zone: '', state: 'running', version: '', startedAt: 0 })),
});

const nothingKnown: Omit<DesiredConfiguration, 'instanceCount'> = {
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
};
