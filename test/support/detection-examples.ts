import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import { type Forecast, forecastSchema } from '../../lambdas/domain/forecast/forecast.ts';
import { instanceIdSchema, type ServiceName, seriesIdSchema, serviceNameSchema } from '../../lambdas/domain/ids.ts';
import type { MetricRole, Series, Statistic } from '../../lambdas/domain/signal/series.ts';
import { type Service, type Topology, topologySchema } from '../../lambdas/domain/topology/topology.ts';

export const service = (name: string): ServiceName => serviceNameSchema.parse(name);

const calls: Readonly<Record<string, readonly string[]>> = {
  edge: ['checkout', 'search'],
  checkout: ['payments', 'orders-db'],
  payments: [],
  'orders-db': [],
  search: [],
};

const exampleService = (name: string): unknown => ({
  name,
  kind: name === 'edge' ? 'gateway' : 'service',
  dependsOn: calls[name],
  hasStandby: false,
  jobs: [],
  desired: {
    instanceCount: 2,
    version: '1.0.0',
    configRevision: 'r1',
    cacheLimitMegabytes: null,
    volumeGigabytes: 20,
    connectionPoolSize: 20,
    admittedShare: 1,
    pausedJobs: [],
    drainedZones: [],
    failedOverDependencies: [],
    credential: 'c1',
    quarantinedMessages: [],
  },
  previousVersions: [],
  previousConfigRevisions: [],
  instances: ['a', 'b'].map((zone) => ({
    id: `${name}-${zone}`,
    zone,
    state: 'running',
    version: '1.0.0',
    startedAt: 0,
  })),
});

/** A small shop: the edge calls checkout and search, checkout calls payments and a database. */
export const topology: Topology = topologySchema.parse({
  at: 0,
  zones: ['a', 'b'],
  services: Object.keys(calls).map(exampleService),
});

/** The shop with one instance changed, or gone and no longer wanted. */
export function withInstance(id: string, change: Partial<Service['instances'][number]> | 'gone'): Topology {
  const services = topology.services.map((one) => ({
    ...one,
    desired:
      change === 'gone' && one.instances.some((instance) => instance.id === id)
        ? { ...one.desired, instanceCount: one.desired.instanceCount - 1 }
        : one.desired,
    instances: one.instances.flatMap((instance) =>
      instance.id !== id ? [instance] : change === 'gone' ? [] : [{ ...instance, ...change }],
    ),
  }));
  return { ...topology, services };
}

export function exampleSeries(name: string, role: MetricRole, statistic: Statistic, instance?: string): Series {
  return {
    id: seriesIdSchema.parse(`Shop|${role}|Service=${instance ?? name}|${statistic}`),
    namespace: 'Shop',
    metric: role,
    dimensions: [{ name: 'Service', value: name }],
    statistic,
    role,
    service: service(name),
    instance: instance === undefined ? null : instanceIdSchema.parse(instance),
  };
}

/** An anomaly that began `onset` seconds after the epoch and has lasted for `seconds`. */
export function anomaly(
  name: string,
  role: MetricRole,
  options: {
    readonly onset?: number;
    readonly seconds?: number;
    readonly observed?: number | null;
    readonly direction?: Anomaly['direction'];
    readonly instance?: string;
  } = {},
): Anomaly {
  const { onset = 0, seconds = 30, observed = 50, direction = 'above', instance } = options;
  const { id } = exampleSeries(name, role, 'Average', instance);
  return {
    fingerprint: `${id}#${direction}`,
    series: id,
    service: service(name),
    instance: instance === undefined ? null : instanceIdSchema.parse(instance),
    role,
    metric: role,
    direction,
    stream: direction === 'missing' ? 'silence' : 'level',
    observed,
    band: { low: 0, high: 10 },
    score: 2,
    onset: onset * 1000,
    lastSeen: (onset + seconds) * 1000,
  };
}

/** That the disk of a service, or of one of its instances, will be full in some minutes, give or take a sixth. */
export function exampleForecast(
  name: string,
  { minutes, instance }: { readonly minutes: number; readonly instance?: string },
): Forecast {
  const { id } = exampleSeries(name, 'disk', 'Average', instance);
  const madeAt = 600_000;
  return forecastSchema.parse({
    series: id,
    service: name,
    instance: instance ?? null,
    role: 'disk',
    metric: 'disk',
    limit: 90,
    level: 60,
    usual: 40,
    usualRise: 0.5,
    slope: 30 / (minutes * 60),
    since: 0,
    madeAt,
    standsSince: 0,
    at: madeAt + minutes * 60_000,
    earliest: madeAt + minutes * 50_000,
    latest: madeAt + minutes * 70_000,
  });
}
