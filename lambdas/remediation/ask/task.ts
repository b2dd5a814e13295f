import type { ModelPurpose } from '../../domain/audit/llm-action.ts';
import type { Diagnosis, Hypothesis } from '../../domain/diagnosis/diagnosis.ts';
import type { RemediationPlan } from '../../domain/plan/plan.ts';
import { type Guidance, writePrompt } from '../../domain/reasoning/prompts.ts';
import {
  type ReadReply,
  readChallenge,
  readDiagnosis,
  readPlan,
  replySchemas,
  simpleReplySchemas,
} from '../../domain/reasoning/validate-reply.ts';
import type { ModelBrief, ModelRequest } from '../../ports/language-model.ts';

/** What a model is asked for: how the question is put, and how its answer is read. */
export type Task<Value> = {
  readonly purpose: ModelPurpose;
  readonly maximumOutputTokens: number;
  prompt(brief: ModelBrief, guidance: Guidance): ModelRequest['prompt'];
  /** `simple`: of the simpler shape. */
  schema(simple: boolean): ModelRequest['replySchema'];
  /** `brief` is what was shown. */
  read(text: string, brief: ModelBrief, simple: boolean): ReadReply<Value>;
};

export const diagnoseTask: Task<Diagnosis> = {
  purpose: 'diagnose',
  maximumOutputTokens: 8192,
  prompt: (brief, guidance) => writePrompt('diagnose', brief, guidance),
  schema: (simple) => (simple ? simpleReplySchemas : replySchemas).diagnose,
  read: (text, { bundle }, simple) => readDiagnosis(text, bundle, simple),
};

/** `brief.diagnosis` is what is planned for. */
export const planTask: Task<RemediationPlan> = {
  purpose: 'plan',
  maximumOutputTokens: 8192,
  prompt: (brief, guidance) => writePrompt('plan', brief, guidance),
  schema: (simple) => (simple ? simpleReplySchemas : replySchemas).plan,
  read: (text, { bundle }, simple) => readPlan(text, bundle, simple),
};

/** A second opinion on `brief.diagnosis`: its simple shape is its only one. */
export const challengeTask: Task<Hypothesis> = {
  purpose: 'challenge',
  maximumOutputTokens: 2048,
  prompt: (brief, guidance) => writePrompt('challenge', brief, guidance),
  schema: (simple) => (simple ? simpleReplySchemas : replySchemas).challenge,
  read: (text, { bundle }) => readChallenge(text, bundle),
};
