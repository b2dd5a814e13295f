import { z } from 'zod';
import type { Anomaly } from '../anomaly/anomaly.ts';
import { instanceIdSchema, type SeriesId, seriesIdSchema, serviceNameSchema } from '../ids.ts';
import { metricRoles } from '../signal/series.ts';
import { hourMilliseconds, objectiveSchema } from './error-budget.ts';

/** A predicted breach. Times are epoch milliseconds; levels are in the unit of the series. */
export const forecastSchema = z.object({
  series: seriesIdSchema,
  service: serviceNameSchema,
  instance: instanceIdSchema.nullable(),
  role: z.enum(metricRoles),
  metric: z.string(),
  limit: z.number(),
  /** As it was declared with the limit; not there for the limit of a role. */
  unit: z.string().optional(),
  /** Where the trend stands now. */
  level: z.number(),
  /** The most it was before the trend began, as far as is remembered. */
  usual: z.number(),
  /** The most it rose in ordinary times within as long as a trend is read from. */
  usualRise: z.number(),
  /** Units a second. */
  slope: z.number().positive(),
  /** Start of what the trend was read from. */
  since: z.number(),
  madeAt: z.number(),
  /** Since when one after another has said so. */
  standsSince: z.number(),
  /** When the limit is reached: the median, and the ends of the interval that holds four times in five. */
  at: z.number(),
  earliest: z.number(),
  latest: z.number(),
  /** Of an error budget, whose level is the percentage of it that is used. Not there for others. */
  budget: z
    .object({
      objective: objectiveSchema,
      /** The metric of the series that counts the failures. */
      metric: z.string(),
      /** Failures a minute now, and as many as the budget would last for. */
      perMinute: z.number(),
      lastingPerMinute: z.number(),
    })
    .optional(),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** The trend behind a forecast, as one voice among those of its service. */
export const anomalyOfForecast = (forecast: Forecast): Anomaly => ({
  fingerprint: `${forecast.series}#trend`,
  series: forecast.series,
  service: forecast.service,
  instance: forecast.instance,
  role: forecast.role,
  metric: forecast.budget?.metric ?? forecast.metric,
  direction: 'above',
  stream: 'trend',
  observed: forecast.budget?.perMinute ?? forecast.level,
  band: { low: 0, high: forecast.budget?.lastingPerMinute ?? forecast.usual },
  score: 1,
  // What has burnt for days began before whatever else is wrong now, and is not its cause for that.
  onset: forecast.budget === undefined ? forecast.since : forecast.standsSince,
  lastSeen: forecast.madeAt,
});

/** A forecast has stood for a while, and instances that share the trend have been heard, before anything opens by it. */
const standingMilliseconds = 45_000;
/** Where less time is left than this there is none to wait in. */
const noTimeMilliseconds = 300_000;
export const isFirm = ({ madeAt, standsSince, at }: Forecast): boolean =>
  madeAt - standsSince >= standingMilliseconds || at - madeAt < noTimeMilliseconds;

/** Series whose trends lead to their limits. */
export const trendsOf = (anomalies: readonly Anomaly[]): ReadonlySet<SeriesId> =>
  new Set(anomalies.filter(({ stream }) => stream === 'trend').map(({ series }) => series));

/** A forecast in words, for a title. */
export function foretell(forecast: Forecast): string {
  const { instance, service, limit, madeAt, at, earliest, latest } = forecast;
  if (forecast.budget !== undefined) return foretellBudget(forecast);
  const minutes = (time: number) => Math.max(1, Math.round((time - madeAt) / 60_000));
  const when = `in about ${minutes(at)} min (${minutes(earliest)} to ${minutes(latest)})`;
  return `${subject(forecast)} of ${instance ?? service} will reach ${limit}${unitOf(forecast)} ${when}`;
}

function foretellBudget({ service, madeAt, at, earliest, latest }: Forecast): string {
  const hours = (time: number) => ((time - madeAt) / hourMilliseconds).toFixed(1);
  return `the error budget of ${service} will be used up in about ${hours(at)} h (${hours(earliest)} to ${hours(latest)})`;
}

/** Of what has no role its own name says more. */
const subject = ({ role, metric }: Forecast): string => (role === 'other' ? metric : role);

/** As it follows the number. */
export function unitOf({ role, unit }: Pick<Forecast, 'role' | 'unit'>): string {
  if (unit !== undefined) return unit === '' || unit === '%' ? unit : ` ${unit}`;
  return role === 'queueAge' ? ' s' : '%';
}
