import type { LlmAction, LlmErrorClass } from '../../domain/audit/llm-action.ts';
import { shownTo } from '../../domain/reasoning/approach.ts';
import type { ReadReply } from '../../domain/reasoning/validate-reply.ts';
import type { AskPorts } from './ask-ports.ts';
import { type CallPlace, callName, type FinishedCall, replyKeyOf } from './finished-calls.ts';
import type { Question } from './question.ts';

/** What came of a call. */
export type Called<Value> =
  | { readonly outcome: 'used'; readonly value: Value }
  /** `unusable`: a reply came. `failed`: none did. `refused`: the gate said no and nothing was called. */
  | {
      readonly outcome: 'unusable' | 'failed' | 'refused';
      readonly errorClass: LlmErrorClass;
      readonly problem: string;
      /** What the provider asked for; null when it did not say. */
      readonly retryAfterSeconds: number | null;
    };

/** Reads a reply and files its row. The row has the name of the call, so that filing it twice is filing it once. */
export const fileFinished = async <Value>(
  ports: Pick<AskPorts, 'transitions'>,
  question: Question<Value>,
  finished: FinishedCall,
): Promise<Called<Value>> => {
  const { place } = finished;
  const read = readFinishedReply(question, finished);
  const used = 'value' in read;
  await ports.transitions.fileLlmAction({
    ...rowOf(place, finished),
    outcome: used ? 'used' : 'unusable',
    errorClass: used ? null : read.errorClass,
    problem: used ? null : read.problem,
    inputTokens: finished.inputTokens,
    cachedInputTokens: finished.cachedInputTokens,
    outputTokens: finished.outputTokens,
    costDollars: finished.costDollars,
    latencyMilliseconds: finished.latencyMilliseconds,
    at: finished.at,
    replyKey: replyKeyOf(place),
  });
  return used ? { outcome: 'used', value: read.value } : { outcome: 'unusable', retryAfterSeconds: null, ...read };
};

const readFinishedReply = <Value>(
  { task, brief }: Question<Value>,
  { text, approach, gaveCanaryAway }: FinishedCall,
): ReadReply<Value> | { readonly errorClass: 'canary'; readonly problem: string } =>
  gaveCanaryAway
    ? { errorClass: 'canary', problem: 'the reply gives the instructions away' }
    : task.read(text, shownTo(brief, approach), approach.simple);

type WithoutReply = Pick<LlmAction, 'at' | 'latencyMilliseconds' | 'model' | 'promptKey'> &
  Exclude<Called<never>, { outcome: 'used' }>;

/**
 * Files the row of a call that no reply came of, or that was never made. It is not found again after a crash, and the call is then
 * made anew, so its row has its time in its name: the later one takes no earlier one's place.
 */
export const fileWithoutReply = async (
  ports: Pick<AskPorts, 'transitions'>,
  place: CallPlace,
  { at, latencyMilliseconds, model, promptKey, ...called }: WithoutReply,
): Promise<Called<never>> => {
  const { outcome, errorClass, problem } = called;
  await ports.transitions.fileLlmAction({
    ...rowOf(place, { model, promptKey }),
    id: `${callName(place)}-${at.toString(36)}`,
    outcome,
    errorClass,
    problem,
    inputTokens: 0,
    cachedInputTokens: 0,
    outputTokens: 0,
    costDollars: 0,
    latencyMilliseconds,
    at,
    replyKey: null,
  });
  return called;
};

const rowOf = (place: CallPlace, { model, promptKey }: Pick<LlmAction, 'model' | 'promptKey'>) => ({
  incidentId: place.incidentId,
  id: callName(place),
  attempt: place.attempt,
  purpose: place.purpose,
  provider: place.provider,
  model,
  supervised: place.supervised,
  call: place.call,
  promptKey,
});
