import { z } from 'zod';
import { evidenceIdSchema, serviceNameSchema } from '../ids.ts';
import { mechanismSchema } from './mechanism.ts';

export const hypothesisSchema = z.object({
  mechanism: mechanismSchema,
  service: serviceNameSchema,
  confidence: z.number().min(0).max(1),
  evidence: z.array(evidenceIdSchema).min(1),
  reasoning: z.string().min(1).max(2000),
});
export type Hypothesis = z.infer<typeof hypothesisSchema>;

/** What a model replies to the purpose `diagnose`; the first hypothesis leads. */
export const diagnosisSchema = z.object({
  hypotheses: z.array(hypothesisSchema).min(1).max(5),
  assumptions: z.array(z.string().max(500)).max(10),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** A hypothesis that was acted on and did not verify. */
export const ruledOutSchema = z.object({
  mechanism: mechanismSchema,
  service: serviceNameSchema,
  runbooks: z.array(z.string()),
});
export type RuledOut = z.infer<typeof ruledOutSchema>;
