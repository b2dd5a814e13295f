import { z } from 'zod';
import { incidentIdSchema } from '../ids.ts';
import { modelErrorClasses } from '../reasoning/model-call-error.ts';

/** What a model is asked for: the cause, the remedy, a second opinion on it, and why a reply could not be used. */
export const modelPurposes = ['diagnose', 'plan', 'challenge', 'diagnostic'] as const;
export type ModelPurpose = (typeof modelPurposes)[number];

/**
 * Why a call was of no use: no reply came (the classes of ModelCallError), the reply is no JSON (`syntax`), has
 * another shape (`schema`), names what is not there (`semantics`), declines (`refusal`), gives a secret of the prompt
 * away (`canary`), or nothing was called because the gate said no (`gate`).
 */
export const llmErrorClasses = [
  ...modelErrorClasses,
  'syntax',
  'schema',
  'semantics',
  'refusal',
  'canary',
  'gate',
] as const;
export type LlmErrorClass = (typeof llmErrorClasses)[number];

/**
 * One model call, or one that was refused before it was made. Prompt and reply are whole in the archive.
 * Fields with a default are missing in rows of the first version.
 */
export const llmActionSchema = z.object({
  incidentId: incidentIdSchema,
  id: z.string(),
  attempt: z.int().min(0),
  purpose: z.enum(modelPurposes),
  provider: z.string(),
  model: z.string(),
  /** The supervised attempt that it belongs to; 0 is the first pass. */
  supervised: z.int().min(0).max(3).default(0),
  /** First call 1, its retry 2. */
  call: z.int().min(1),
  /** `refused`: the gate said no, nothing was called. */
  outcome: z.enum(['used', 'unusable', 'failed', 'refused']),
  /** Null when used. */
  errorClass: z.enum(llmErrorClasses).nullable().default(null),
  /** What was wrong with it, one line; null when used. */
  problem: z.string().nullable(),
  inputTokens: z.int().min(0),
  /** Those of the input tokens that the provider had in its cache. */
  cachedInputTokens: z.int().min(0).default(0),
  outputTokens: z.int().min(0),
  costDollars: z.number().min(0),
  latencyMilliseconds: z.number().min(0),
  at: z.number(),
  promptKey: z.string(),
  replyKey: z.string().nullable(),
});
export type LlmAction = z.infer<typeof llmActionSchema>;
