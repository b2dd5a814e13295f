import type { ModelErrorClass } from '../reasoning/model-call-error.ts';
import { isFree, type ModelCallOutcome, type ModelPermit } from './admission.ts';
import type { GateRules } from './admit.ts';
import { afterFailure, afterReply, tripsBreaker } from './breaker.ts';
import type { GateState, ProviderState, Spending } from './gate-state.ts';
import { estimatedInputTokens } from './reserve.ts';
import { type Bucket, refilled } from './token-bucket.ts';

/** The longest that a provider's Retry-After is believed, seconds. */
const longestPauseSeconds = 600;

/**
 * The state after a call has ended: what was set aside and not used is given back, and the breaker learns.
 * A permit that expired meanwhile is settled all the same, for what was spent is spent.
 *
 * @param spread 0 up to 1, drawn at random
 */
export const settle = (
  state: GateState,
  permit: ModelPermit,
  outcome: ModelCallOutcome,
  rules: GateRules,
  now: number,
  spread: number,
): GateState => {
  const used = usedBy(permit, outcome);
  const back = { tokens: permit.reservedTokens - used.tokens, dollars: permit.reservedDollars - used.dollars };
  const { [permit.id]: held, ...permits } = state.provider.permits;
  const provider: ProviderState = {
    ...state.provider,
    permits,
    tokens: bucketWith(state.provider.tokens, rules.limits.tokensPerMinute, now, back.tokens),
  };
  return {
    provider: learned(provider, held?.probe ?? false, outcome, rules, now, spread),
    incident: isFree(permit) ? state.incident : givenBack(state.incident, back),
    day: isFree(permit) ? state.day : givenBack(state.day, back),
  };
};

const bucketWith = (bucket: Bucket, perMinute: number | null, now: number, back: number): Bucket =>
  perMinute === null ? bucket : refilled({ ...bucket, level: bucket.level + back }, perMinute, now);

const learned = (
  provider: ProviderState,
  probe: boolean,
  outcome: ModelCallOutcome,
  rules: GateRules,
  now: number,
  spread: number,
): ProviderState => {
  // A provider that finds fault with the request does answer.
  if (outcome.kind === 'replied' || !tripsBreaker(outcome.error.errorClass)) {
    return { ...provider, breaker: afterReply(provider.breaker, probe, now) };
  }
  const pauseSeconds = Math.min(longestPauseSeconds, outcome.error.retryAfterSeconds ?? 0);
  return {
    ...provider,
    breaker: afterFailure(provider.breaker, probe, rules.breaker, now, spread),
    pausedUntil: Math.max(provider.pausedUntil, now + pauseSeconds * 1000),
  };
};

const usedBy = (permit: ModelPermit, outcome: ModelCallOutcome): Spending => {
  if (outcome.kind === 'replied') {
    return { tokens: outcome.inputTokens + outcome.outputTokens, dollars: outcome.costDollars };
  }
  if (!mayBeBilled(outcome.error.errorClass)) return { tokens: 0, dollars: 0 };
  const tokens = estimatedInputTokens(permit.promptCharacters);
  // The share of the cost is at most what the same share of dearer output tokens would be.
  return { tokens, dollars: permit.reservedDollars * (tokens / permit.reservedTokens) };
};

/** The provider may have read the prompt and written to it, and nobody was told how much. */
const mayBeBilled = (errorClass: ModelErrorClass): boolean =>
  errorClass === 'timeout' || errorClass === 'connection' || errorClass === 'blocked' || errorClass === 'empty';

const givenBack = (spending: Spending, back: Spending): Spending => ({
  tokens: Math.max(0, spending.tokens - back.tokens),
  dollars: Math.max(0, spending.dollars - back.dollars),
});
