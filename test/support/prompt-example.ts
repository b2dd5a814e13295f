import { type Question, writePrompt } from '../../lambdas/domain/reasoning/prompts.ts';

/** A prompt as the product writes it, to a model that is asked for the first time. */
export const promptExample = (purpose: Parameters<typeof writePrompt>[0], question: Question) =>
  writePrompt(purpose, question, { complaint: null, adjustments: [], simple: false, canary: 'mark-example' });
