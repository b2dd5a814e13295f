import { z } from 'zod';
import { incidentIdSchema } from '../ids.ts';
import { operationSchema } from '../topology/operation.ts';
import { planStepSchema } from './plan.ts';

const configurationFields = z.record(z.string(), z.json());

/** One executed step: intent is written before the act, the outcome after it. */
export const remediationActionSchema = z.object({
  incidentId: incidentIdSchema,
  attempt: z.int().min(1),
  stepIndex: z.int().min(0),
  /** `<incident>#<attempt>#<step>`: the target does nothing twice for one key. */
  idempotencyKey: z.string(),
  step: planStepSchema,
  operation: operationSchema,
  status: z.enum(['intended', 'done', 'failed']),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  before: configurationFields.nullable(),
  after: configurationFields.nullable(),
  failure: z.string().nullable(),
  undo: z.enum(['none', 'notNeeded', 'pending', 'undone', 'failed']),
  undoneAt: z.number().nullable(),
});
export type RemediationAction = z.infer<typeof remediationActionSchema>;
