import { z } from 'zod';
import { authoritySchema } from '../domain/decision/decision.ts';
import { incidentIdSchema } from '../domain/ids.ts';
import { verificationVerdicts } from '../domain/verification/verification.ts';

/**
 * Payloads between the state machine and its functions. Each function gets the
 * running payload and returns one small result, which the machine files under
 * the name of the function; large bodies travel by archive key only.
 */
export const maximumAttempts = 3;

/** Every function of the machine is called with this. `attempt` is 1 to 3. */
export const respondInputSchema = z.object({
  incidentId: incidentIdSchema,
  attempt: z.int().min(1).max(maximumAttempts),
});
export type RespondInput = z.infer<typeof respondInputSchema>;

/**
 * `unclear`: nothing is frozen, as it tells too little so far; asked again after a wait. `gone`: the incident has ended or
 * another execution moved it; the machine ends quietly.
 */
export const evidenceResultSchema = z.object({
  outcome: z.enum(['gathered', 'unclear', 'gone']),
  evidenceKey: z.string().nullable(),
});
/** `unusable`: no model gave a usable reply; a person is asked by escalation. */
export const diagnoseResultSchema = z.object({
  outcome: z.enum(['diagnosed', 'unusable', 'gone']),
  reason: z.string(),
});
export const planResultSchema = z.object({ outcome: z.enum(['planned', 'unusable', 'gone']), reason: z.string() });
export const decideResultSchema = z.object({
  outcome: z.enum([...authoritySchema.options, 'gone']),
  reason: z.string(),
});
/** `busy`: another incident holds the service's remediation lease; asked again after a wait, up to a limit (`refused`). */
export const actResultSchema = z.object({
  outcome: z.enum(['pending', 'busy', 'done', 'failed', 'refused', 'gone']),
  reason: z.string(),
});
export const verifyResultSchema = z.object({ outcome: z.enum([...verificationVerdicts, 'gone']), reason: z.string() });
/** `again`: another attempt is left and `attempt` is its number; `spent`: none is. */
export const undoResultSchema = z.object({
  outcome: z.enum(['pending', 'again', 'spent', 'failed', 'gone']),
  attempt: z.int().min(1).max(maximumAttempts),
  reason: z.string(),
});
export const endResultSchema = z.object({ outcome: z.enum(['ended', 'gone']) });

/** What `ask-person` is called with: the task token besides the running payload. */
export const askPersonInputSchema = respondInputSchema.extend({
  kind: z.enum(['approve', 'review', 'manual']),
  token: z.string().min(1),
  /** How long the machine waits, as its own time limit says. */
  timeoutSeconds: z.int().positive(),
});

export const escalateInputSchema = z.object({
  incidentId: incidentIdSchema,
  attempt: z.int().min(1),
  reason: z.string(),
});

/** Limits of the three waits for a person, seconds. */
export const personTimeoutSeconds = { approve: 15 * 60, review: 60 * 60, manual: 60 * 60 } as const;

export type EvidenceResult = z.infer<typeof evidenceResultSchema>;
export type DiagnoseResult = z.infer<typeof diagnoseResultSchema>;
export type PlanResult = z.infer<typeof planResultSchema>;
export type DecideResult = z.infer<typeof decideResultSchema>;
export type ActResult = z.infer<typeof actResultSchema>;
export type VerifyResult = z.infer<typeof verifyResultSchema>;
export type UndoResult = z.infer<typeof undoResultSchema>;
export type EndResult = z.infer<typeof endResultSchema>;
export type AskPersonInput = z.infer<typeof askPersonInputSchema>;
export type EscalateInput = z.infer<typeof escalateInputSchema>;
