import { z } from 'zod';
import { breakerSchema, closedBreaker } from './breaker.ts';
import type { ProviderLimits } from './limits.ts';
import { bucketSchema, fullBucket } from './token-bucket.ts';

/** What all processes share about one provider. */
export const providerStateSchema = z.object({
  /** Calls in flight, by the id of their permit. */
  permits: z.record(z.string(), z.object({ expiresAt: z.number(), probe: z.boolean() })),
  requests: bucketSchema,
  tokens: bucketSchema,
  breaker: breakerSchema,
  /** The provider asked to be left alone until then. */
  pausedUntil: z.number(),
});
export type ProviderState = z.infer<typeof providerStateSchema>;

/** What was spent or is set aside for calls in flight, by one incident or on one day. */
export const spendingSchema = z.object({ tokens: z.number(), dollars: z.number() });
export type Spending = z.infer<typeof spendingSchema>;

/** All that a decision of the gate depends on. */
export type GateState = {
  readonly provider: ProviderState;
  readonly incident: Spending;
  readonly day: Spending;
};

export const nothingSpent: Spending = { tokens: 0, dollars: 0 };

export const newProviderState = (limits: ProviderLimits, now: number): ProviderState => ({
  permits: {},
  requests: fullBucket(limits.requestsPerMinute ?? 0, now),
  tokens: fullBucket(limits.tokensPerMinute ?? 0, now),
  breaker: closedBreaker,
  pausedUntil: 0,
});
