import type { Authority } from '../decision/decision.ts';
import type { Incident } from '../incident/incident.ts';
import type { PlanGrounds } from '../reasoning/plan-grounds.ts';
import { noControlSurface } from '../topology/topology.ts';
import type { PlanAssessment } from './assess-plan.ts';
import type { PastAction, PolicyLimits } from './limits.ts';

/** Below this a person reviews, whatever the plan. */
export const leastConfidence = 0.7;

export type PolicyFacts = {
  readonly assessment: PlanAssessment;
  readonly steps: number;
  /** The lowest of the model's confidence, the scorer's support and what a second opinion leaves, 0 to 1. */
  readonly confidence: number;
  readonly grounds: PlanGrounds;
  readonly incident: Incident;
  readonly limits: PolicyLimits;
  readonly history: readonly PastAction[];
  /** False where the workload has no control surface. */
  readonly operable: boolean;
  /** Services of the workload. */
  readonly fleetSize: number;
  readonly now: number;
};

/** What limits look at: nothing of what is thought of the plan. */
export type LimitFacts = Omit<PolicyFacts, 'confidence' | 'grounds'>;

export type PolicyRule<Facts = PolicyFacts> = {
  readonly id: string;
  readonly authority: Authority;
  readonly reason: string;
  readonly applies: (facts: Facts) => boolean;
};

const anHour = 3_600_000;
const lastHour = ({ history, now }: LimitFacts) => history.filter(({ startedAt }) => startedAt > now - anHour);
const ofOthers = (facts: LimitFacts) =>
  facts.history.filter(
    ({ incidentId, service }) => incidentId !== facts.incident.id && facts.assessment.services.includes(service),
  );

/** They turn an automatic act into an asked one. They hold when it is decided and again when it is begun. */
export const limitRules: readonly PolicyRule<LimitFacts>[] = [
  {
    id: 'remediation-running-elsewhere',
    authority: 'approve',
    reason: 'another incident is acting on the same service',
    applies: (facts) => ofOthers(facts).some(({ endedAt }) => endedAt === null),
  },
  {
    id: 'service-cooling-down',
    authority: 'approve',
    reason: 'another incident acted on the same service a short while ago',
    applies: (facts) =>
      ofOthers(facts).some(
        ({ endedAt }) => endedAt !== null && endedAt > facts.now - facts.limits.cooldownSeconds * 1000,
      ),
  },
  {
    id: 'hourly-cap',
    authority: 'approve',
    reason: 'the hourly number of actions would be exceeded',
    applies: (facts) => lastHour(facts).length + facts.steps > facts.limits.actionsPerHour,
  },
  {
    id: 'fleet-share-cap',
    authority: 'approve',
    reason: 'too large a share of the services would have been acted on within an hour',
    applies: (facts) => {
      const touched = new Set([...lastHour(facts).map(({ service }) => service), ...facts.assessment.services]);
      return touched.size > facts.limits.fleetSharePerHour * facts.fleetSize;
    },
  },
];

/**
 * In order; the first that applies decides. Limits stand behind the rules of
 * risk and confidence and never soften a stricter answer.
 */
export const policyRules: readonly PolicyRule[] = [
  {
    id: 'cannot-be-carried-out',
    authority: 'deny',
    reason: 'a step cannot be carried out on the workload as it is',
    applies: ({ assessment }) => assessment.refusals.length > 0,
  },
  {
    id: 'no-control-surface',
    authority: 'manual',
    reason: noControlSurface,
    applies: ({ operable }) => !operable,
  },
  {
    id: 'critical-risk',
    authority: 'manual',
    reason: 'the risk is critical',
    applies: ({ assessment }) => assessment.risk === 'critical',
  },
  {
    id: 'low-confidence',
    authority: 'review',
    reason: 'the confidence is under 0.7',
    applies: ({ confidence }) => confidence < leastConfidence,
  },
  {
    id: 'hostile-text',
    authority: 'review',
    reason: 'there is hostile text, so that no text counts, and without it the confidence is under 0.7',
    applies: ({ grounds }) => grounds.hostileText && grounds.guardedSupport < 0.7,
  },
  {
    id: 'departs-from-the-remedy',
    authority: 'review',
    reason: 'the steps are not those that the diagnosis leads to',
    applies: ({ grounds }) => grounds.steps === 'other',
  },
  {
    id: 'irreversible-or-high-risk',
    authority: 'approve',
    reason: 'a step is irreversible or of high risk',
    applies: ({ assessment }) =>
      assessment.irreversible || assessment.risk === 'irreversible' || assessment.risk === 'high',
  },
  {
    id: 'medium-risk-without-high-confidence',
    authority: 'approve',
    reason: 'the risk is medium and the confidence under 0.9',
    applies: ({ assessment, confidence }) => assessment.risk === 'medium' && confidence < 0.9,
  },
  {
    id: 'rests-on-text',
    authority: 'approve',
    reason: 'what is measured, without what logs say, does not carry the diagnosis far enough',
    applies: ({ assessment, grounds }) => grounds.guardedSupport < (assessment.risk === 'low' ? 0.7 : 0.9),
  },
  {
    id: 'remedy-rests-on-text',
    authority: 'approve',
    reason: 'the steps are not those that the diagnosis leads to by what is measured alone',
    applies: ({ grounds }) => grounds.steps !== 'measured',
  },
  ...limitRules,
  {
    id: 'within-limits',
    authority: 'auto',
    reason: 'risk, confidence and limits allow it without a person',
    applies: () => true,
  },
];
