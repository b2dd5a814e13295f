import type { LlmAction } from '../domain/audit/llm-action.ts';
import type { Diagnosis } from '../domain/diagnosis/diagnosis.ts';
import type { RemediationPlan } from '../domain/plan/plan.ts';
import { ModelCallError } from '../domain/reasoning/model-call-error.ts';
import { writePrompt } from '../domain/reasoning/prompts.ts';
import { type ReadReply, readDiagnosis, readPlan, replySchemas } from '../domain/reasoning/validate-reply.ts';
import type { Archive, Clock, Ids, LanguageModel, ModelBrief, ModelReply, Transitions } from '../ports.ts';

export type AskModelPorts = {
  readonly primary: LanguageModel;
  /** Answers when the primary gave nothing usable. */
  readonly builtin: LanguageModel;
  readonly transitions: Pick<Transitions, 'fileLlmAction'>;
  readonly archive: Pick<Archive, 'put'>;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'next'>;
};

export type Answer<Value> =
  | {
      readonly outcome: 'used';
      readonly value: Value;
      readonly provider: string;
      /** Why the primary's reply was not used; null when it was. */
      readonly fallback: string | null;
    }
  | { readonly outcome: 'unusable'; readonly reason: string };

export type AskModel = {
  diagnose(brief: ModelBrief, attempt: number): Promise<Answer<Diagnosis>>;
  /** `brief.diagnosis` is what is planned for. */
  plan(brief: ModelBrief, attempt: number): Promise<Answer<RemediationPlan>>;
};

/**
 * Asks the primary model; an unusable reply is retried once with the complaint, then the built-in
 * reasoner answers. Every call leaves a row and its prompt and reply in the archive.
 */
export const createAskModel = (ports: AskModelPorts): AskModel => ({
  diagnose: (brief, attempt) =>
    ask(ports, { purpose: 'diagnose', brief, attempt, read: (text) => readDiagnosis(text, brief.bundle) }),
  plan: (brief, attempt) =>
    ask(ports, { purpose: 'plan', brief, attempt, read: (text) => readPlan(text, brief.bundle) }),
});

type Question<Value> = {
  readonly purpose: keyof typeof replySchemas;
  readonly brief: ModelBrief;
  readonly attempt: number;
  readonly read: (text: string) => ReadReply<Value>;
};

const ask = async <Value>(ports: AskModelPorts, question: Question<Value>): Promise<Answer<Value>> => {
  const first = await call(ports, ports.primary, question, 1, null);
  if ('value' in first) {
    return used(first.value, ports.primary, null);
  }
  if (ports.primary.provider === ports.builtin.provider) {
    return { outcome: 'unusable', reason: first.problem };
  }
  // A model that gave no reply at all is not asked again: time runs, and the built-in one can answer.
  const second = first.replied ? await call(ports, ports.primary, question, 2, first.problem) : first;
  if ('value' in second) {
    return used(second.value, ports.primary, null);
  }
  const last = await call(ports, ports.builtin, question, 1, null);
  return 'value' in last
    ? used(last.value, ports.builtin, second.problem)
    : { outcome: 'unusable', reason: `${second.problem}; ${last.problem}` };
};

const used = <Value>(value: Value, model: LanguageModel, fallback: string | null): Answer<Value> => ({
  outcome: 'used',
  value,
  provider: model.provider,
  fallback,
});

const maximumOutputTokens = 8192;

type Called<Value> = { readonly value: Value } | { readonly problem: string; readonly replied: boolean };

const noTokens = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costDollars: 0 };

const call = async <Value>(
  ports: AskModelPorts,
  model: LanguageModel,
  question: Question<Value>,
  number: number,
  complaint: string | null,
): Promise<Called<Value>> => {
  const { purpose, brief, attempt } = question;
  const prompt = writePrompt(purpose, brief, complaint);
  const startedAt = ports.clock.now();
  const replySchema = replySchemas[purpose];
  const reply = await replyOf(model, {
    purpose,
    brief,
    prompt,
    replySchema,
    strictJson: number > 1,
    maximumOutputTokens,
  });
  const latencyMilliseconds = Math.max(0, ports.clock.now() - startedAt);
  const read =
    'failed' in reply
      ? { problem: reply.failed.message, errorClass: reply.failed.errorClass }
      : question.read(reply.text);

  const folder = `incidents/${brief.incident.id}/llm/${attempt}-${purpose}-${model.provider}-${number}`;
  const promptKey = `${folder}-prompt.txt`;
  const replyKey = 'failed' in reply ? null : `${folder}-reply.json`;
  await ports.archive.put(promptKey, `${prompt.system}\n\n${prompt.user}`);
  if (replyKey !== null && !('failed' in reply)) {
    await ports.archive.put(replyKey, reply.text);
  }
  const tokens = 'failed' in reply ? noTokens : reply;
  const row: LlmAction = {
    incidentId: brief.incident.id,
    id: ports.ids.next(),
    attempt,
    purpose,
    provider: model.provider,
    model: model.model,
    supervised: 0,
    call: number,
    outcome: 'failed' in reply ? 'failed' : 'value' in read ? 'used' : 'unusable',
    errorClass: 'value' in read ? null : read.errorClass,
    problem: 'value' in read ? null : read.problem,
    inputTokens: tokens.inputTokens,
    cachedInputTokens: tokens.cachedInputTokens,
    outputTokens: tokens.outputTokens,
    costDollars: tokens.costDollars,
    latencyMilliseconds,
    at: startedAt,
    promptKey,
    replyKey,
  };
  await ports.transitions.fileLlmAction(row);
  return 'value' in read ? read : { problem: read.problem, replied: !('failed' in reply) };
};

/** Only the absence of a reply is a result; anything else wrong is a fault of ours and rises. */
const replyOf = async (
  model: LanguageModel,
  request: Parameters<LanguageModel['ask']>[0],
): Promise<ModelReply | { readonly failed: ModelCallError }> => {
  try {
    return await model.ask(request);
  } catch (error) {
    if (error instanceof ModelCallError) {
      return { failed: error };
    }
    throw error;
  }
};
