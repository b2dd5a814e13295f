import { z } from 'zod';
import { evidenceIdSchema } from '../ids.ts';
import { runbookIds } from '../runbooks/runbook.ts';

export const planStepSchema = z.object({
  runbook: z.enum(runbookIds),
  /** Checked against the runbook's own schema, and every name against the evidence. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
  expectedEffect: z.string().min(1).max(500),
  evidence: z.array(evidenceIdSchema).min(1),
});
export type PlanStep = z.infer<typeof planStepSchema>;

/** What a model replies to the purpose `plan`. */
export const remediationPlanSchema = z.object({
  summary: z.string().min(1).max(1000),
  steps: z.array(planStepSchema).min(1).max(3),
});
export type RemediationPlan = z.infer<typeof remediationPlanSchema>;
