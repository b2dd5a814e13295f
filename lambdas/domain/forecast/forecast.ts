import { z } from 'zod';
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
