import { z } from 'zod';
import { incidentIdSchema } from '../ids.ts';
import { incidentStateSchema } from '../incident/incident.ts';

/** Append-only line for one transition. `version` is the incident's after it. */
export const auditRecordSchema = z.object({
  incidentId: incidentIdSchema,
  version: z.int().min(1),
  at: z.number(),
  /** `detector`, `orchestrator`, `person:<name>`, `sweeper`. */
  actor: z.string(),
  from: incidentStateSchema.nullable(),
  to: incidentStateSchema,
  message: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;
