import { z } from 'zod';
import { seriesSchema } from '../domain/signal/series.ts';

/** What `scan-shard` is asked and answers. Times are epoch milliseconds. */
export const shardScanRequestSchema = z.object({
  shard: z.string().min(1),
  series: z.array(seriesSchema),
  end: z.number(),
  periodSeconds: z.number().positive(),
  now: z.number(),
  falseAlarmsPerMonth: z.number().positive(),
});

export const shardScanResponseSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('scanned'),
    readTo: z.number(),
    /** The fields of the summary of each series of the request, in its order. */
    records: z.array(z.array(z.number())),
  }),
  z.object({ outcome: z.literal('late'), reason: z.string() }),
]);
export type ShardScanResponse = z.infer<typeof shardScanResponseSchema>;
