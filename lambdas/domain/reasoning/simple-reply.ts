import { z } from 'zod';
import { type Diagnosis, hypothesisSchema } from '../diagnosis/diagnosis.ts';
import { planStepSchema, type RemediationPlan } from '../plan/plan.ts';

/**
 * Simpler shapes of the same answers, for a model that fails at the whole ones: one cause instead of a ranking,
 * one step instead of a list, nothing nested but what must be.
 */
export const simpleDiagnosisSchema = hypothesisSchema;

export const diagnosisOfSimple = (hypothesis: z.infer<typeof simpleDiagnosisSchema>): Diagnosis => ({
  hypotheses: [hypothesis],
  assumptions: [],
});

export const simplePlanSchema = z.object({ summary: z.string().min(1).max(1000), ...planStepSchema.shape });

export const planOfSimple = ({ summary, ...step }: z.infer<typeof simplePlanSchema>): RemediationPlan => ({
  summary,
  steps: [step],
});
