import { type Admission, isFree, type ModelPermit, type RefusalCause } from './admission.ts';
import { breakerState, callsRisked } from './breaker.ts';
import type { GateState, ProviderState, Spending } from './gate-state.ts';
import type { BreakerRules, Budget, ProviderLimits } from './limits.ts';
import { type Bucket, drawn, refilled, secondsUntil } from './token-bucket.ts';

export type GateRules = {
  readonly limits: ProviderLimits;
  readonly breaker: BreakerRules;
  readonly budgets: { readonly incident: Budget; readonly day: Budget };
};

/** How long to wait for a call in flight to end, seconds; nobody knows when it will. */
const inFlightSeconds = 1;
/** A permit outlives the time limit of its call by this much, seconds: the time to settle it. */
const settlingSeconds = 10;

/** Whether the call of this permit may be made now. `next` is the state after it; null when nothing changed. */
export const admit = (
  state: GateState,
  permit: ModelPermit,
  rules: GateRules,
): { readonly admission: Admission; readonly next: GateState | null } => {
  const now = permit.admittedAt;
  const provider = withoutExpired(state.provider, now);
  const refused =
    budgetRefusal('this incident', state.incident, rules.budgets.incident, permit) ??
    budgetRefusal('today', state.day, rules.budgets.day, permit) ??
    providerRefusal(provider, permit, rules);
  if (refused !== null) return { admission: refused, next: null };
  const probe = breakerState(provider.breaker, now) === 'halfOpen';
  const expiresAt = now + (rules.limits.timeoutSeconds + settlingSeconds) * 1000;
  return {
    admission: { outcome: 'admitted', permit },
    next: {
      provider: {
        ...provider,
        permits: { ...provider.permits, [permit.id]: { expiresAt, probe } },
        requests: bucketAfter(provider.requests, rules.limits.requestsPerMinute, now, 1),
        tokens: bucketAfter(provider.tokens, rules.limits.tokensPerMinute, now, permit.reservedTokens),
      },
      incident: spent(state.incident, permit),
      day: spent(state.day, permit),
    },
  };
};

const withoutExpired = (provider: ProviderState, now: number): ProviderState => ({
  ...provider,
  permits: Object.fromEntries(Object.entries(provider.permits).filter(([, { expiresAt }]) => expiresAt > now)),
});

/** Budgets are for what costs: a model that is free spends nothing of them. */
const spent = (spending: Spending, permit: ModelPermit): Spending =>
  isFree(permit)
    ? spending
    : {
        tokens: spending.tokens + permit.reservedTokens,
        dollars: spending.dollars + permit.reservedDollars,
      };

const budgetRefusal = (whose: string, spending: Spending, budget: Budget, permit: ModelPermit): Admission | null => {
  if (isFree(permit)) return null;
  const { tokens, dollars } = spent(spending, permit);
  if (budget.tokens !== null && tokens > budget.tokens) {
    return refusal(
      'budget',
      `over the budget of ${budget.tokens} tokens for ${whose}: ${spending.tokens} are spent and the call may take ${permit.reservedTokens}`,
      null,
    );
  }
  if (budget.dollars !== null && dollars > budget.dollars) {
    return refusal(
      'budget',
      `over the budget of ${budget.dollars} dollars for ${whose}: ${spending.dollars.toFixed(4)} are spent and the call may cost ${permit.reservedDollars.toFixed(4)}`,
      null,
    );
  }
  return null;
};

const providerRefusal = (provider: ProviderState, permit: ModelPermit, rules: GateRules): Admission | null => {
  const now = permit.admittedAt;
  const { breaker, pausedUntil } = provider;
  const inFlight = Object.keys(provider.permits).length;
  const state = breakerState(breaker, now);
  if (state === 'open') {
    const seconds = (breaker.openUntil - now) / 1000;
    return refusal('breaker', `${permit.provider} failed ${breaker.failures} times in a row`, seconds);
  }
  if (now < pausedUntil) {
    return refusal('rate', `${permit.provider} asked to be left alone`, (pausedUntil - now) / 1000);
  }
  if (state === 'halfOpen') {
    const probing = Object.values(provider.permits).some(({ probe }) => probe);
    return probing ? refusal('breaker', `${permit.provider} is being tried by another call`, inFlightSeconds) : null;
  }
  const allowed = callsRisked(breaker, rules.breaker, rules.limits.concurrency, now);
  if (inFlight >= allowed) {
    const why = allowed < rules.limits.concurrency ? ' until it is known to answer' : '';
    return refusal(
      'concurrency',
      `${permit.provider} has ${inFlight} calls in flight, the most${why}`,
      inFlightSeconds,
    );
  }
  const { requestsPerMinute, tokensPerMinute } = rules.limits;
  const seconds = Math.max(
    bucketWait(provider.requests, requestsPerMinute, now, 1),
    bucketWait(provider.tokens, tokensPerMinute, now, permit.reservedTokens),
  );
  return seconds > 0 ? refusal('rate', `${permit.provider} is at its rate limit`, seconds) : null;
};

const bucketWait = (bucket: Bucket, perMinute: number | null, now: number, amount: number): number =>
  perMinute === null ? 0 : secondsUntil(refilled(bucket, perMinute, now), perMinute, amount);

/** Without a limit nothing is drawn, so that a limit set later begins with what the bucket held. */
const bucketAfter = (bucket: Bucket, perMinute: number | null, now: number, amount: number): Bucket =>
  perMinute === null ? bucket : drawn(refilled(bucket, perMinute, now), amount);

const refusal = (cause: RefusalCause, reason: string, seconds: number | null): Admission => ({
  outcome: 'refused',
  cause,
  reason,
  // Rounded up, so that whoever waits for so long is not told a moment before it is true.
  retryAfterSeconds: seconds === null ? null : Math.ceil(seconds * 1000) / 1000,
});
