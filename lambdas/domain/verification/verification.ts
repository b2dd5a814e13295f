import { z } from 'zod';

export const verificationVerdicts = ['recovered', 'notRecovered', 'inconclusive', 'pending'] as const;

export const verificationSchema = z.object({
  verdict: z.enum(verificationVerdicts),
  /** End of the last act; only periods that began after it count. */
  actedAt: z.number(),
  judgedAt: z.number(),
  /** Consecutive clean windows up to now. */
  cleanWindows: z.int().min(0),
  requiredWindows: z.int().min(1),
  /** Longest run without a window out of band that the incident had shown before the act, seconds. */
  longestQuietGapSeconds: z.number().min(0),
  /** Series not clean in the newest window, with what was seen, at most 20. */
  outOfBand: z
    .array(z.object({ series: z.string(), observed: z.number().nullable(), low: z.number(), high: z.number() }))
    .max(20),
  reason: z.string(),
});
export type Verification = z.infer<typeof verificationSchema>;
