import { type SeriesId, type ServiceName, seriesIdSchema } from '../../ids.ts';
import type { MetricRole, Series } from '../series.ts';

/** Series made of log lines, which no telemetry holds: they can be judged while they are made, and not be read again. */
export const logNamespace = 'Kintsugi/Logs';

/**
 * What is made of a service's lines in each period. Shares are percent, 0 to 100. Pattern series tell how far a kind of
 * line is beyond its own band: 0 as usual, 1 at its edge, of the kind that is furthest.
 */
export const logMetrics = {
  /** Lines that tell of an error, of all lines lately. */
  ErrorLineShare: 'logErrors',
  /** The same of the tenant (merchant) that has it worst. */
  WorstTenantErrorShare: 'logErrors',
  /** Of kinds of error that the service never wrote of before this quarter of an hour. */
  NewErrorPattern: 'logPattern',
  /** Of all kinds of line that are warnings, errors, or do not say. */
  PatternRate: 'logPattern',
} as const satisfies Record<string, MetricRole>;
export type LogMetric = keyof typeof logMetrics;

const dimension = 'Service';
const statistic = 'Maximum';

export const logSeriesId = (service: ServiceName, metric: LogMetric): SeriesId =>
  seriesIdSchema.parse(`${logNamespace}|${metric}|${dimension}=${service}|${statistic}`);

const logSeries = (service: ServiceName, metric: LogMetric): Series => ({
  id: logSeriesId(service, metric),
  namespace: logNamespace,
  metric,
  dimensions: [{ name: dimension, value: service }],
  statistic,
  role: logMetrics[metric],
  service,
  instance: null,
});

export const logMetricNames = [
  'ErrorLineShare',
  'WorstTenantErrorShare',
  'NewErrorPattern',
  'PatternRate',
] as const satisfies readonly LogMetric[];

/** What CloudWatch's quota of reading calls allows for; the logs of further services are not followed. */
export const mostServicesFollowed = 100;

/** Every series that is made of the lines of those services, of the first hundred by name. */
export const logSeriesOf = (services: Iterable<ServiceName>): Series[] =>
  [...new Set(services)]
    .sort()
    .slice(0, mostServicesFollowed)
    .flatMap((service) => logMetricNames.map((metric) => logSeries(service, metric)));

export const isLogSeries = ({ namespace }: Pick<Series, 'namespace'>): boolean => namespace === logNamespace;

/** The series that are made of log lines are scanned by themselves, in a shard of this name. */
export const logShardName = 'logs';
export const isLogShard = ({ name }: { readonly name: string }): boolean => name === logShardName;
