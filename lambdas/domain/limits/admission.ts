import type { IncidentId } from '../ids.ts';
import type { ModelCallError } from '../reasoning/model-call-error.ts';

/** A call that someone would like to make. */
export type AdmissionRequest = {
  /** The name of the provider in the chain, such as `openai:groq`. */
  readonly provider: string;
  readonly model: string;
  readonly incidentId: IncidentId;
  /** Length of the whole prompt, characters: what its tokens and its cost are estimated from. */
  readonly promptCharacters: number;
  /** The most tokens that the reply may have. */
  readonly maximumOutputTokens: number;
};

/** The right to make one call. It expires by itself, so that a holder that died blocks nobody. */
export type ModelPermit = AdmissionRequest & {
  readonly id: string;
  readonly admittedAt: number;
  /** What was set aside for it until it is settled. */
  readonly reservedTokens: number;
  readonly reservedDollars: number;
};

export const isFree = ({ reservedDollars }: ModelPermit): boolean => reservedDollars === 0;

export const refusalCauses = ['concurrency', 'rate', 'breaker', 'budget', 'contention'] as const;
/**
 * Why a call may not be made now. `concurrency`, `rate` and `contention` (too many asked the gate itself at once) pass by themselves
 * within seconds and may be waited for; `breaker` and `budget` are for the next provider.
 */
export type RefusalCause = (typeof refusalCauses)[number];

export type Admission =
  | { readonly outcome: 'admitted'; readonly permit: ModelPermit }
  | {
      readonly outcome: 'refused';
      readonly cause: RefusalCause;
      /** One line that a row can carry. */
      readonly reason: string;
      /** When asking again may help, seconds from now; null when it will not, for this incident or this day. */
      readonly retryAfterSeconds: number | null;
    };

/** How an admitted call ended. A reply counts as one whether or not it was usable. */
export type ModelCallOutcome =
  | {
      readonly kind: 'replied';
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly costDollars: number;
    }
  | { readonly kind: 'failed'; readonly error: Pick<ModelCallError, 'errorClass' | 'retryAfterSeconds'> };
