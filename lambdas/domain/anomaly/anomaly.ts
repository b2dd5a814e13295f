import { z } from 'zod';
import { streamNames } from '../detectors/surprise/streams.ts';
import { instanceIdSchema, seriesIdSchema, serviceNameSchema } from '../ids.ts';
import { metricRoles } from '../signal/series.ts';

/** Interval of values a detector holds for normal, in the unit of the series. */
export const bandSchema = z.object({ low: z.number(), high: z.number() });
export type Band = z.infer<typeof bandSchema>;

export const directions = ['above', 'below', 'missing'] as const;
export type Direction = (typeof directions)[number];

/**
 * What spoke: a stream of the metric detector; `drift`, a lasting departure from what is expected lately; samples that
 * stopped coming; lines of a log; several weak signals together; a trend that will meet a limit.
 */
export const streams = [...streamNames, 'drift', 'silence', 'log', 'fused', 'trend'] as const;
export type Stream = (typeof streams)[number];

/** A detector's verdict on one signal. */
export const anomalySchema = z.object({
  /** Equal for the same series and direction: a re-fire of one trouble, not a second one. */
  fingerprint: z.string().min(1),
  series: seriesIdSchema,
  service: serviceNameSchema,
  instance: instanceIdSchema.nullable(),
  role: z.enum(metricRoles),
  metric: z.string(),
  direction: z.enum(directions),
  /** Rows from before streams were told were of this kind. */
  stream: z.enum(streams).default('drift'),
  /** Null when the samples are missing. */
  observed: z.number().nullable(),
  band: bandSchema,
  /** Severity, 0 upwards: distance from what was expected in half widths of the band, 1 at least. */
  score: z.number().min(0),
  /** Start of the first period out of band, epoch milliseconds. */
  onset: z.number(),
  /** End of the last period judged, epoch milliseconds. */
  lastSeen: z.number(),
});
export type Anomaly = z.infer<typeof anomalySchema>;
