import type { Decision } from '../domain/decision/decision.ts';
import type { Diagnosis } from '../domain/diagnosis/diagnosis.ts';
import type { IncidentId } from '../domain/ids.ts';
import type { RemediationPlan } from '../domain/plan/plan.ts';
import type { Challenge } from '../domain/reasoning/challenge.ts';
import type { PlanGrounds } from '../domain/reasoning/plan-grounds.ts';
import type { Verification } from '../domain/verification/verification.ts';

/** What was concluded in one attempt; one row a kind and attempt. */
export type DecisionRecord = { readonly incidentId: IncidentId; readonly attempt: number; readonly at: number } & (
  | {
      readonly kind: 'diagnosis';
      readonly diagnosis: Diagnosis;
      /** The scorer's support for the leading hypothesis from the cited evidence, 0 to 1. */
      readonly support: number;
      readonly provider: string;
      /** Why the first provider's reply was not used; null when it was. */
      readonly fallback: string | null;
    }
  | {
      readonly kind: 'plan';
      readonly plan: RemediationPlan;
      readonly grounds: PlanGrounds;
      readonly provider: string;
      readonly fallback: string | null;
    }
  /** A second opinion on the diagnosis, asked for before a plan of medium risk or above. */
  | {
      readonly kind: 'challenge';
      readonly challenge: Challenge;
      readonly provider: string;
      readonly fallback: string | null;
    }
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'verification'; readonly verification: Verification }
);
