import { z } from 'zod';

/** What is left in a bucket, as of a time. Below zero after a draw larger than the bucket. */
export const bucketSchema = z.object({ level: z.number(), at: z.number() });
export type Bucket = z.infer<typeof bucketSchema>;

/**
 * A quarter of a limit may be drawn at once and the rest flows back over a minute, so that no minute,
 * wherever it begins, sees more than the limit.
 */
const burstShare = 0.25;

export const fullBucket = (perMinute: number, at: number): Bucket => ({ level: capacity(perMinute), at });

export const refilled = (bucket: Bucket, perMinute: number, now: number): Bucket => {
  const seconds = Math.max(0, now - bucket.at) / 1000;
  return { level: Math.min(capacity(perMinute), bucket.level + seconds * perSecond(perMinute)), at: now };
};

/**
 * Seconds until `amount` may be drawn from a refilled bucket; 0 is now. More than the bucket holds may
 * be drawn from a full one, and is paid back before the next draw.
 */
export const secondsUntil = (bucket: Bucket, perMinute: number, amount: number): number =>
  Math.max(0, Math.min(amount, capacity(perMinute)) - bucket.level) / perSecond(perMinute);

export const drawn = (bucket: Bucket, amount: number): Bucket => ({ ...bucket, level: bucket.level - amount });

const capacity = (perMinute: number): number => Math.max(1, perMinute * burstShare);
const perSecond = (perMinute: number): number => Math.max(perMinute - capacity(perMinute), perMinute / 2) / 60;
