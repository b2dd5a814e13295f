import { z } from 'zod';
import type { Anomaly } from '../anomaly/anomaly.ts';
import { instanceIdSchema, seriesIdSchema, serviceNameSchema } from '../ids.ts';
import { metricRoles } from '../signal/series.ts';

/** A predicted breach. Times are epoch milliseconds; levels are in the unit of the series. */
export const forecastSchema = z.object({
  series: seriesIdSchema,
  service: serviceNameSchema,
  instance: instanceIdSchema.nullable(),
  role: z.enum(metricRoles),
  metric: z.string(),
  limit: z.number(),
  /** Where the trend stands now. */
  level: z.number(),
  /** The most it was before the trend began, as far as is remembered. */
  usual: z.number(),
  /** Units a second. */
  slope: z.number().positive(),
  /** Start of what the trend was read from. */
  since: z.number(),
  madeAt: z.number(),
  /** When the limit is reached: the median, and the ends of the interval that holds four times in five. */
  at: z.number(),
  earliest: z.number(),
  latest: z.number(),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** The trend behind a forecast, as one voice among those of its service. */
export const anomalyOfForecast = (forecast: Forecast): Anomaly => ({
  fingerprint: `${forecast.series}#trend`,
  series: forecast.series,
  service: forecast.service,
  instance: forecast.instance,
  role: forecast.role,
  metric: forecast.metric,
  direction: 'above',
  stream: 'trend',
  observed: forecast.level,
  band: { low: 0, high: forecast.usual },
  score: 1,
  onset: forecast.since,
  lastSeen: forecast.madeAt,
});

/** A forecast in words, for a title. */
export function foretell({ role, instance, service, limit, madeAt, at, earliest, latest }: Forecast): string {
  const minutes = (time: number) => Math.max(1, Math.round((time - madeAt) / 60_000));
  const unit = role === 'queueAge' ? ' s' : '%';
  const when = `in about ${minutes(at)} min (${minutes(earliest)} to ${minutes(latest)})`;
  return `${role} of ${instance ?? service} will reach ${limit}${unit} ${when}`;
}
