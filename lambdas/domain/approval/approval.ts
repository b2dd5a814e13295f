import { z } from 'zod';
import { incidentIdSchema } from '../ids.ts';

export const personRequestKinds = ['approve', 'review', 'manual'] as const;
export type PersonRequestKind = (typeof personRequestKinds)[number];

export const approvalStatuses = ['pending', 'yes', 'no', 'done', 'expired'] as const;

/** A question put to a person, and the answer. The row is written before anything else. */
export const approvalSchema = z.object({
  incidentId: incidentIdSchema,
  attempt: z.int().min(1),
  kind: z.enum(personRequestKinds),
  /** The state machine's task token; never shown. */
  token: z.string().min(1),
  status: z.enum(approvalStatuses),
  askedAt: z.number(),
  expiresAt: z.number(),
  answeredAt: z.number().nullable(),
  answeredBy: z.string().nullable(),
  summary: z.string(),
});
export type Approval = z.infer<typeof approvalSchema>;
