import type { MetricName } from '../../contract/metrics.ts';
import type { InstanceId, ServiceName } from '../../contract/target-api.ts';
import { instanceIdOf, serviceNameOf } from './branded-names.ts';
import { designs } from './designs.ts';
import { instanceEntity, instanceName, serviceNames, zones } from './services.ts';
import { columnsOf, type Reading, Sums } from './sums.ts';

/** One value of one series for one published period. */
export type PublishedMetric = {
  readonly metric: MetricName;
  readonly service: ServiceName;
  /** Null for a series of the service as a whole. */
  readonly instance: InstanceId | null;
  /** Start of the period, epoch milliseconds. */
  readonly at: number;
  /** What the metric's own statistic reads over the period; for a heartbeat, how many beats there were. */
  readonly value: number;
  /** Number of 5 s sub-steps behind it. */
  readonly weight: number;
};

const serviceMetrics = [
  'RequestCount',
  'ErrorCount',
  'LatencyP95',
  'TimeoutCount',
  'RetryCount',
  'RunningInstances',
  'QueueDepth',
  'QueueAge',
  'ConnectionUtilization',
  'CacheHitRate',
] as const satisfies readonly MetricName[];

const instanceMetrics = [
  'CpuUtilization',
  'MemoryUtilization',
  'DiskUtilization',
  'GarbageCollectionPause',
  'RequestCount',
  'ErrorCount',
  'LatencyP95',
  'Heartbeat',
  'RestartCount',
  'ConnectionUtilization',
] as const satisfies readonly MetricName[];

export type ServiceMetric = (typeof serviceMetrics)[number];
export type InstanceMetric = (typeof instanceMetrics)[number];

// Made once, as sums are made anew for every step.
const serviceColumns = columnsOf(serviceMetrics);
const instanceColumns = columnsOf(instanceMetrics);
const instanceRows = 100 + designs.length * 32;

/** What meters read over one published period. */
export class MetricSums {
  private readonly services = new Sums(designs.length, serviceColumns);
  private readonly instances = new Sums(instanceRows, instanceColumns);

  addOfService(service: number, metric: ServiceMetric, value: number): void {
    this.services.add(service, metric, value);
  }

  addOfInstance(entity: number, metric: InstanceMetric, value: number): void {
    this.instances.add(entity, metric, value);
  }

  /** Every series with a value in the period that starts at `at`. */
  published(at: number): readonly PublishedMetric[] {
    const published: PublishedMetric[] = [];
    const publish = (readings: readonly Reading[], service: ServiceName, instance: InstanceId | null): void => {
      for (const { metric, value, weight } of readings)
        published.push({ metric, service, instance, at, value, weight });
    };
    for (let s = 0; s < designs.length; s += 1) {
      const service = serviceNameOf(s);
      publish(this.services.readings(s), service, null);
      for (const zone of zones) {
        for (let slot = 1; slot < 16; slot += 1) {
          const readings = this.instances.readings(instanceEntity(s, zone, slot));
          if (readings.length === 0) continue;
          publish(readings, service, instanceIdOf(instanceName(serviceNames[s] ?? 'edge-gateway', zone, slot)));
        }
      }
    }
    return published;
  }
}
