import { z } from 'zod';
import { incidentIdSchema } from '../ids.ts';

export const modelPurposes = ['diagnose', 'plan'] as const;
export type ModelPurpose = (typeof modelPurposes)[number];

/** One model call. Prompt and reply are whole in the archive. */
export const llmActionSchema = z.object({
  incidentId: incidentIdSchema,
  id: z.string(),
  attempt: z.int().min(0),
  purpose: z.enum(modelPurposes),
  provider: z.string(),
  model: z.string(),
  /** First call 1, its retry 2. */
  call: z.int().min(1),
  outcome: z.enum(['used', 'unusable', 'failed']),
  /** What was wrong with it, one line; null when used. */
  problem: z.string().nullable(),
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  costDollars: z.number().min(0),
  latencyMilliseconds: z.number().min(0),
  at: z.number(),
  promptKey: z.string(),
  replyKey: z.string().nullable(),
});
export type LlmAction = z.infer<typeof llmActionSchema>;
