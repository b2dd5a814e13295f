import { z } from 'zod';
import { instanceIdSchema, type SeriesId, seriesIdSchema, serviceNameSchema } from '../ids.ts';

export const statistics = ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount'] as const;
export type Statistic = (typeof statistics)[number];

/**
 * What a metric stands for, whatever the platform calls it. Detection and
 * diagnosis speak of roles, so that a new workload needs a name table only.
 */
export const metricRoles = [
  'requests',
  'errors',
  'latency',
  'timeouts',
  'retries',
  'cpu',
  'memory',
  'disk',
  'garbageCollection',
  'connections',
  'queueDepth',
  'queueAge',
  'cacheHits',
  'restarts',
  'instances',
  'heartbeat',
  /** Made of log lines; see log-signals. */
  'logErrors',
  'logPattern',
  'other',
] as const;
export type MetricRole = (typeof metricRoles)[number];

/** Where a series must not come, as a person declared it: in its own unit, which is named for people. */
export const seriesLimitSchema = z.object({ value: z.number().positive(), unit: z.string().max(20) });

/** One CloudWatch series read with one statistic, and what it is a series of. */
export const seriesSchema = z.object({
  id: seriesIdSchema,
  namespace: z.string().min(1),
  metric: z.string().min(1),
  dimensions: z.array(z.object({ name: z.string().min(1), value: z.string().min(1) })),
  statistic: z.enum(statistics),
  role: z.enum(metricRoles),
  service: serviceNameSchema,
  /** Null for a series of the service as a whole. */
  instance: instanceIdSchema.nullable(),
  /** Of its own, beside what its role has; see forecast/limits.ts. */
  limit: seriesLimitSchema.optional(),
});
export type Series = z.infer<typeof seriesSchema>;

/** Null for a name that is longer than an id may be. */
export function seriesIdOf({
  namespace,
  metric,
  dimensions,
  statistic,
}: Pick<Series, 'namespace' | 'metric' | 'dimensions' | 'statistic'>): SeriesId | null {
  const names = dimensions.map(({ name, value }) => `${name}=${value}`).join(',');
  return seriesIdSchema.safeParse(`${namespace}|${metric}|${names}|${statistic}`).data ?? null;
}

/** One closed period of a series. `at` is the start of the period, epoch milliseconds. */
export type Sample = { readonly at: number; readonly value: number };

/** A series without samples maps to an empty array; one that could not be read is absent. */
export type SamplesBySeries = ReadonlyMap<SeriesId, readonly Sample[]>;

/** One line of a workload's log, as written; hostile input. `at` is epoch milliseconds. */
export const logLineSchema = z.object({
  at: z.number(),
  service: serviceNameSchema,
  instance: instanceIdSchema.nullable(),
  message: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** How reading lines ended: with all of them, with as many as were wanted or more to read than is usual for those, or when its time was up. */
export type ReadingEnd = 'all' | 'limited' | 'late';
