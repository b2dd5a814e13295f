import { z } from 'zod';
import type { Diagnosis, RuledOut } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import type { PlanStep, RemediationPlan } from '../plan/plan.ts';
import { guardedSupport } from './guarded-support.ts';
import { planFromDiagnosis } from './plan-from-hypothesis.ts';
import { withoutFindings, withoutText } from './trusted-text.ts';

/**
 * Where the steps of a plan come from. `measured`: the catalogue of remedies gives them for the leading hypothesis from
 * what is measured alone. `worded`: it gives them only with what logs say. `other`: it does not give them.
 */
export const stepOrigins = ['measured', 'worded', 'other'] as const;

/** What a plan stands on that no text in the telemetry can have put there. */
export const planGroundsSchema = z.object({
  /** Confidence in the leading hypothesis that no text can raise, 0 to 1; 0 where text may be hidden behind a flood of it. */
  guardedSupport: z.number().min(0).max(1),
  steps: z.enum(stepOrigins),
  /** Whether text in the evidence addresses its reader or floods it. Plans of earlier versions do not say. */
  hostileText: z.boolean().default(true),
});
export type PlanGrounds = z.infer<typeof planGroundsSchema>;

/** Amounts may differ this much, in proportion, from those of the built-in plan. */
const amountTolerance = 0.25;

/** What stands when nothing is known of a plan's grounds: a person is asked. */
export const noGrounds: PlanGrounds = { guardedSupport: 0, steps: 'other', hostileText: true };

export const groundsOf = (
  bundle: EvidenceBundle,
  diagnosis: Diagnosis,
  plan: RemediationPlan,
  ruledOut: readonly RuledOut[],
): PlanGrounds => {
  const [leading] = diagnosis.hypotheses;
  if (leading === undefined) return noGrounds;
  const flooded = bundle.findings.some(({ kinds }) => kinds.includes('flood'));
  const isFrom = (evidence: EvidenceBundle): boolean =>
    sameSteps(plan.steps, planFromDiagnosis(evidence, diagnosis, ruledOut)?.steps ?? []);
  return {
    guardedSupport: flooded ? 0 : guardedSupport(bundle, leading),
    steps: isFrom(withoutText(bundle)) ? 'measured' : isFrom(withoutFindings(bundle)) ? 'worded' : 'other',
    hostileText: bundle.findings.length > 0,
  };
};

const sameSteps = (steps: readonly PlanStep[], known: readonly PlanStep[]): boolean =>
  steps.length === known.length && steps.every((step) => known.some((each) => isSame(step, each)));

const isSame = (step: PlanStep, known: PlanStep): boolean =>
  step.runbook === known.runbook &&
  Object.keys({ ...step.parameters, ...known.parameters }).every((name) =>
    isClose(step.parameters[name], known.parameters[name]),
  );

const isClose = (value: string | number | undefined, known: string | number | undefined): boolean =>
  typeof value === 'number' && typeof known === 'number'
    ? Math.abs(value - known) <= Math.abs(known) * amountTolerance
    : value === known;
