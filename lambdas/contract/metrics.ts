import type { MetricRole, Statistic } from '../domain/signal/series.ts';

/**
 * Names of metrics, how they are aggregated over a period, and what they stand
 * for. The workload publishes under these names; the responder reads any
 * namespace by them (unknown names read as the average of role `other`).
 */
type MetricMeaning = {
  readonly role: MetricRole;
  readonly statistic: Statistic;
  readonly unit: 'Count' | 'Percent' | 'Milliseconds' | 'Seconds';
};

const counter = (role: MetricRole): MetricMeaning => ({ role, statistic: 'Sum', unit: 'Count' });
const percentage = (role: MetricRole): MetricMeaning => ({ role, statistic: 'Average', unit: 'Percent' });
const milliseconds = (role: MetricRole): MetricMeaning => ({ role, statistic: 'Average', unit: 'Milliseconds' });

export const metricMeanings = {
  RequestCount: counter('requests'),
  ErrorCount: counter('errors'),
  TimeoutCount: counter('timeouts'),
  RetryCount: counter('retries'),
  RestartCount: counter('restarts'),
  LatencyP95: milliseconds('latency'),
  GarbageCollectionPause: milliseconds('garbageCollection'),
  CpuUtilization: percentage('cpu'),
  MemoryUtilization: percentage('memory'),
  DiskUtilization: percentage('disk'),
  ConnectionUtilization: percentage('connections'),
  CacheHitRate: percentage('cacheHits'),
  QueueDepth: { role: 'queueDepth', statistic: 'Average', unit: 'Count' },
  QueueAge: { role: 'queueAge', statistic: 'Maximum', unit: 'Seconds' },
  RunningInstances: { role: 'instances', statistic: 'Average', unit: 'Count' },
  Heartbeat: { role: 'heartbeat', statistic: 'SampleCount', unit: 'Count' },
} as const satisfies Record<string, MetricMeaning>;

export type MetricName = keyof typeof metricMeanings;

/** Dimension names: a service series has the first alone, an instance series both. */
export const serviceDimension = 'Service';
export const instanceDimension = 'Instance';
