import { z } from 'zod';
import type { ModelErrorClass } from '../reasoning/model-call-error.ts';
import type { BreakerRules } from './limits.ts';

/**
 * Closed while `openings` is 0. Otherwise open until `openUntil` and half open from then on, when one call
 * at a time may try whether the provider answers again.
 */
export const breakerSchema = z.object({
  /** In a row, since the last reply. */
  failures: z.int().min(0),
  /** Times that it opened since it was last closed. */
  openings: z.int().min(0),
  openUntil: z.number(),
  /** When the last reply came; 0 before the first. */
  provenAt: z.number(),
});
export type Breaker = z.infer<typeof breakerSchema>;

export const closedBreaker: Breaker = { failures: 0, openings: 0, openUntil: 0, provenAt: 0 };

export const breakerState = (breaker: Breaker, now: number): 'closed' | 'open' | 'halfOpen' => {
  if (breaker.openings === 0) return 'closed';
  return now < breaker.openUntil ? 'open' : 'halfOpen';
};

/** Says of the provider that it is down or cannot be used; the other classes are about one request. */
export const tripsBreaker = (errorClass: ModelErrorClass): boolean => {
  switch (errorClass) {
    case 'rateLimited':
    case 'overloaded':
    case 'serverError':
    case 'timeout':
    case 'connection':
    case 'authentication':
      return true;
    case 'invalidRequest':
    case 'blocked':
    case 'empty':
      return false;
  }
};

/**
 * Calls in flight that may be risked: all that the limit allows once the provider is known to answer, and no
 * more than would open the breaker while it is not, so that an outage costs no more calls than that.
 */
export const callsRisked = (breaker: Breaker, rules: BreakerRules, concurrency: number, now: number): number => {
  const proven = breaker.failures === 0 && now - breaker.provenAt <= rules.provenSeconds * 1000;
  return proven ? concurrency : Math.min(concurrency, Math.max(1, rules.failures - breaker.failures));
};

/** A reply closes it only if it is the probe's: what was sent before the outage says nothing about now. */
export const afterReply = (breaker: Breaker, probe: boolean, now: number): Breaker =>
  breaker.openings === 0 || probe ? { ...closedBreaker, provenAt: now } : breaker;

/**
 * @param spread 0 up to 1, drawn at random: up to a quarter is added to the time that it stays open, so
 *   that stacks which share a provider do not all come back at once
 */
export const afterFailure = (
  breaker: Breaker,
  probe: boolean,
  rules: BreakerRules,
  now: number,
  spread: number,
): Breaker => {
  // Already open, and this call is from before that.
  if (breaker.openings > 0 && !probe) return breaker;
  const failures = breaker.failures + 1;
  if (!probe && failures < rules.failures) return { ...breaker, failures };
  const openings = breaker.openings + 1;
  const seconds = Math.min(rules.longestSeconds, rules.firstSeconds * 2 ** (openings - 1));
  return { ...breaker, failures, openings, openUntil: now + seconds * (1 + spread / 4) * 1000 };
};
