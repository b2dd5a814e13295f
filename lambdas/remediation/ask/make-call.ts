import { type Approach, shownTo } from '../../domain/reasoning/approach.ts';
import { canaryOf, givesCanaryAway } from '../../domain/reasoning/canary.ts';
import { maskSecrets } from '../../domain/reasoning/mask-secrets.ts';
import { ModelCallError } from '../../domain/reasoning/model-call-error.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { awaitAdmission } from '../await-admission.ts';
import type { AskPorts } from './ask-ports.ts';
import { type Called, fileFinished, fileWithoutReply } from './file-call.ts';
import { type CallPlace, callName, type FinishedCall, promptKeyOf, replyKeyOf } from './finished-calls.ts';
import type { Question } from './question.ts';

/** How one call is made. */
export type CallPlan = {
  readonly model: LanguageModel;
  readonly supervised: number;
  readonly call: number;
  readonly approach: Approach;
  /** What was wrong with the reply before this one; null when there was none. */
  readonly complaint: string | null;
  readonly strictJson: boolean;
};

export const placeOf = (
  question: Question<unknown>,
  plan: Pick<CallPlan, 'model' | 'supervised' | 'call'>,
): CallPlace => ({
  incidentId: question.brief.incident.id,
  attempt: question.attempt,
  purpose: question.task.purpose,
  about: question.about,
  provider: plan.model.provider,
  supervised: plan.supervised,
  call: plan.call,
});

/**
 * Makes one call, unless it was made before: a call that ended is found again by its place and not paid for
 * twice. The reply is archived before anything else is done with it, then read, then filed as a row.
 */
export const makeCall = async <Value>(
  ports: AskPorts,
  question: Question<Value>,
  plan: CallPlan,
): Promise<Called<Value>> => {
  const place = placeOf(question, plan);
  const finished = question.finished.get(callName(place));
  if (finished !== undefined) return fileFinished(ports, question, finished);
  const canary = canaryOf(ports.ids.next());
  const request = requestOf(ports, question, plan, canary);
  const promptKey = promptKeyOf(place, ports.clock.now());
  const promptFiled = ports.archive.put(promptKey, maskSecrets(`${request.prompt.system}\n\n${request.prompt.user}`));
  const asking = askAndFile(ports, question, plan, request, { canary, promptKey });
  const [called] = await Promise.all([asking, promptFiled]);
  return called;
};

const requestOf = (
  { clock }: AskPorts,
  { task, brief, deadline }: Question<unknown>,
  { approach, complaint, strictJson }: CallPlan,
  canary: string,
): ModelRequest => {
  const shown = shownTo(brief, approach);
  const { adjustments, simple } = approach;
  return {
    purpose: task.purpose,
    brief: shown,
    prompt: task.prompt(shown, { complaint, adjustments, simple, canary }),
    replySchema: task.schema(simple),
    strictJson,
    maximumOutputTokens: task.maximumOutputTokens,
    ...(Number.isFinite(deadline) ? { timeoutMilliseconds: Math.max(1, deadline - clock.now()) } : {}),
  };
};

const askAndFile = async <Value>(
  ports: AskPorts,
  question: Question<Value>,
  plan: CallPlan,
  request: ModelRequest,
  { canary, promptKey }: { readonly canary: string; readonly promptKey: string },
): Promise<Called<Value>> => {
  const { model } = plan;
  const place = placeOf(question, plan);
  const asked = {
    provider: model.provider,
    model: model.model,
    incidentId: place.incidentId,
    promptCharacters: request.prompt.system.length + request.prompt.user.length,
    maximumOutputTokens: request.maximumOutputTokens,
  };
  const patienceSeconds = Math.min(longestPatienceSeconds, (question.deadline - ports.clock.now()) / 1000);
  const admission = await awaitAdmission(ports, asked, patienceSeconds);
  const startedAt = ports.clock.now();
  if (admission.outcome === 'refused') {
    return fileWithoutReply(ports, place, {
      model: model.model,
      promptKey,
      outcome: 'refused',
      errorClass: 'gate',
      problem: admission.reason,
      at: startedAt,
      latencyMilliseconds: 0,
      retryAfterSeconds: admission.retryAfterSeconds,
    });
  }
  const reply = await replyOf(model, request);
  const latencyMilliseconds = Math.max(0, ports.clock.now() - startedAt);
  if (reply instanceof ModelCallError) {
    const { errorClass, retryAfterSeconds } = reply;
    await ports.gate.settle(admission.permit, { kind: 'failed', error: reply });
    return fileWithoutReply(ports, place, {
      model: model.model,
      promptKey,
      outcome: 'failed',
      errorClass,
      problem: maskSecrets(reply.message).slice(0, 1000),
      at: startedAt,
      latencyMilliseconds,
      retryAfterSeconds,
    });
  }
  const finished: FinishedCall = {
    place,
    model: model.model,
    approach: plan.approach,
    promptKey,
    // Before masking, which could take the mark for a secret.
    gaveCanaryAway: givesCanaryAway(reply.text, canary),
    text: maskSecrets(reply.text),
    inputTokens: reply.inputTokens,
    cachedInputTokens: reply.cachedInputTokens,
    outputTokens: reply.outputTokens,
    costDollars: reply.costDollars,
    latencyMilliseconds,
    at: startedAt,
  };
  await ports.archive.put(replyKeyOf(place), JSON.stringify(finished));
  await ports.gate.settle(admission.permit, { kind: 'replied', ...reply });
  return fileFinished(ports, question, finished);
};

/** How long the gate or the provider may keep a call waiting before another provider is asked, seconds. */
export const longestPatienceSeconds = 20;

/** Only the absence of a reply is a result; anything else wrong is a fault of ours and rises. */
const replyOf = async (model: LanguageModel, request: ModelRequest): Promise<ModelReply | ModelCallError> => {
  try {
    return await model.ask(request);
  } catch (error) {
    if (error instanceof ModelCallError) return error;
    throw error;
  }
};
