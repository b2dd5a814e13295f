import { z } from 'zod';

/** Dollars for a million tokens. */
export const priceSchema = z.strictObject({
  input: z.number().min(0),
  /** Input that the provider had in its cache. */
  cachedInput: z.number().min(0),
  output: z.number().min(0),
});
export type Price = z.infer<typeof priceSchema>;

/** What one provider allows, or is allowed. Null: no such limit. */
export const providerLimitsSchema = z.strictObject({
  /** How long one call may take, seconds. */
  timeoutSeconds: z.number().min(0.05).max(110),
  /** Calls in flight at once, over all processes. */
  concurrency: z.int().min(1).max(1000),
  requestsPerMinute: z.number().min(1).nullable(),
  /** Input and output tokens together. */
  tokensPerMinute: z.number().min(1).nullable(),
});
export type ProviderLimits = z.infer<typeof providerLimitsSchema>;

/** What may be spent on models that are not free. Null: no such limit. */
export const budgetSchema = z.strictObject({
  tokens: z.number().min(0).nullable(),
  dollars: z.number().min(0).nullable(),
});
export type Budget = z.infer<typeof budgetSchema>;

/** When a provider is left alone for a while. */
export type BreakerRules = {
  /** Failures in a row that open it, and calls in flight at most while the provider is not known to answer. */
  readonly failures: number;
  /** How long it stays open the first time, seconds; each failed probe doubles it, up to the longest. */
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** How long after a reply a provider counts as known to answer, seconds. */
  readonly provenSeconds: number;
};
export const breakerRules: BreakerRules = { failures: 3, firstSeconds: 15, longestSeconds: 300, provenSeconds: 60 };

export const costOf = (
  price: Price,
  tokens: { readonly inputTokens: number; readonly cachedInputTokens: number; readonly outputTokens: number },
): number => {
  const cached = Math.min(tokens.cachedInputTokens, tokens.inputTokens);
  const fresh = tokens.inputTokens - cached;
  return (fresh * price.input + cached * price.cachedInput + tokens.outputTokens * price.output) / 1_000_000;
};
