import { z } from 'zod';
import type { Diagnosis, RuledOut } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import type { PlanStep, RemediationPlan } from '../plan/plan.ts';
import { guardedSupport } from './guarded-support.ts';
import { planFromDiagnosis } from './plan-from-hypothesis.ts';
import { withoutText } from './trusted-text.ts';

/** What a plan stands on that no text in the telemetry can have put there. */
export const planGroundsSchema = z.object({
  /** Confidence in the leading hypothesis that no text can raise, 0 to 1. */
  guardedSupport: z.number().min(0).max(1),
  /** Its steps are not those that the catalogue of remedies gives for that hypothesis from what is measured alone. */
  departs: z.boolean(),
});
export type PlanGrounds = z.infer<typeof planGroundsSchema>;

/** Amounts may differ this much, in proportion, from those of the built-in plan. */
const amountTolerance = 0.25;

/** What stands when nothing is known of a plan's grounds: a person is asked. */
export const noGrounds: PlanGrounds = { guardedSupport: 0, departs: true };

export const groundsOf = (
  bundle: EvidenceBundle,
  diagnosis: Diagnosis,
  plan: RemediationPlan,
  ruledOut: readonly RuledOut[],
): PlanGrounds => {
  const [leading] = diagnosis.hypotheses;
  if (leading === undefined) return noGrounds;
  const own = planFromDiagnosis(withoutText(bundle), diagnosis, ruledOut)?.steps ?? [];
  const same = own.length === plan.steps.length && plan.steps.every((step) => own.some((known) => isSame(step, known)));
  return { guardedSupport: guardedSupport(bundle, leading), departs: !same };
};

const isSame = (step: PlanStep, known: PlanStep): boolean =>
  step.runbook === known.runbook &&
  Object.keys({ ...step.parameters, ...known.parameters }).every((name) =>
    isClose(step.parameters[name], known.parameters[name]),
  );

const isClose = (value: string | number | undefined, known: string | number | undefined): boolean =>
  typeof value === 'number' && typeof known === 'number'
    ? Math.abs(value - known) <= Math.abs(known) * amountTolerance
    : value === known;
