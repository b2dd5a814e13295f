import { z } from 'zod';
import { risks } from '../runbooks/runbook.ts';

/** Policy's answer to a plan. */
export const authorities = ['auto', 'approve', 'review', 'manual', 'deny'] as const;
export const authoritySchema = z.enum(authorities);
export type Authority = z.infer<typeof authoritySchema>;

export const decisionSchema = z.object({
  authority: authoritySchema,
  /** Ids of the rules that fired, first the one that decided. */
  rules: z.array(z.string()).min(1),
  risk: z.enum(risks),
  /** The lowest of the model's confidence, the scorer's support and what a second opinion leaves, 0 to 1. */
  confidence: z.number().min(0).max(1),
  reason: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;
