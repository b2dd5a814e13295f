import type { Decision } from '../decision/decision.ts';
import type { Incident } from '../incident/incident.ts';
import type { RemediationPlan } from '../plan/plan.ts';
import type { PlanGrounds } from '../reasoning/plan-grounds.ts';
import type { Topology } from '../topology/topology.ts';
import { assessPlan } from './assess-plan.ts';
import type { PastAction, PolicyLimits } from './limits.ts';
import { limitRules, policyRules } from './rules.ts';

export type PolicyQuestion = {
  readonly plan: RemediationPlan;
  readonly topology: Topology;
  readonly incident: Incident;
  readonly limits: PolicyLimits;
  /** Actions of at least the last hour, and those of incidents that live or ended within the cooldown. */
  readonly history: readonly PastAction[];
  /** The lowest of the model's confidence, the scorer's support and what a second opinion leaves, 0 to 1. */
  readonly confidence: number;
  readonly grounds: PlanGrounds;
  readonly now: number;
};

/** Policy's answer: the first rule that applies decides; all that apply are named. */
export const decide = (question: PolicyQuestion): Decision => {
  const facts = factsOf(question);
  const { assessment } = facts;
  const applying = policyRules.filter((rule) => rule.applies(facts));
  const [first, ...others] = applying;
  if (first === undefined) {
    throw new Error('the last policy rule applies always');
  }
  const named = others.filter(({ authority }) => authority !== 'auto');
  return {
    authority: first.authority,
    rules: [first.id, ...named.map(({ id }) => id)],
    risk: assessment.risk,
    confidence: question.confidence,
    reason: [first.reason, ...assessment.refusals].join('; ').slice(0, 1000),
  };
};

export type LimitQuestion = Omit<PolicyQuestion, 'confidence' | 'grounds'>;

/** Why limits would have a person asked by now about a plan that policy allowed earlier; null when they would not. */
export const limitReached = (question: LimitQuestion): string | null => {
  const facts = factsOf(question);
  return limitRules.find((rule) => rule.applies(facts))?.reason ?? null;
};

const factsOf = <Question extends LimitQuestion>(question: Question) => ({
  ...question,
  assessment: assessPlan(question.plan, question.topology),
  operable: question.topology.operable ?? true,
  steps: question.plan.steps.length,
  fleetSize: question.topology.services.length,
});
