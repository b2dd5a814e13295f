import type { LlmErrorClass } from '../../domain/audit/llm-action.ts';
import { backoffSeconds } from '../../domain/limits/backoff.ts';
import type { Approach } from '../../domain/reasoning/approach.ts';
import type { FailedCall } from '../../domain/reasoning/failure/failure-diagnosis.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { AskPorts } from './ask-ports.ts';
import type { Called } from './file-call.ts';
import { longestPatienceSeconds, makeCall } from './make-call.ts';
import type { Question } from './question.ts';

/** Calls of one pass at one provider. */
export const callsPerPass = 4;
/** With less time than this no call is begun, milliseconds. */
const shortestCall = 3_000;

export type Pass<Value> =
  | { readonly outcome: 'used'; readonly value: Value }
  /**
   * `late`: the time that the asker has was up. `away`: the provider is to be left alone for longer than is waited for it, or
   * than there is time. `waitSeconds`: how long it is to be left alone before it is asked again.
   */
  | {
      readonly outcome: 'failed' | 'late' | 'away';
      readonly calls: readonly FailedCall[];
      readonly waitSeconds: number;
    };

/**
 * Up to four calls to one provider with the validator's complaint as feedback: strict JSON after a reply that was
 * none, a wait after a failure that passes by itself, and no more calls after one that does not.
 */
export const makePass = async <Value>(
  ports: AskPorts,
  question: Question<Value>,
  {
    model,
    supervised,
    approach,
  }: { readonly model: LanguageModel; readonly supervised: number; readonly approach: Approach },
): Promise<Pass<Value>> => {
  const calls: FailedCall[] = [];
  let complaint: string | null = null;
  let strictJson = approach.adjustments.includes('jsonOnly');
  let outages = 0;
  let waitSeconds = 0;
  for (let call = 1; call <= callsPerPass; call += 1) {
    const wait = await waited(ports, question, waitSeconds);
    if (wait !== 'waited') return { outcome: wait, calls, waitSeconds };
    const called: Called<Value> = await makeCall(ports, question, {
      model,
      supervised,
      call,
      approach,
      complaint,
      strictJson,
    });
    if (called.outcome === 'used') return called;
    const { errorClass, retryAfterSeconds } = called;
    calls.push({ errorClass, problem: called.problem });
    if (isFinal(errorClass)) return { outcome: 'failed', calls, waitSeconds: 0 };
    if (called.outcome === 'unusable') complaint = called.problem;
    strictJson ||= isAboutForm(errorClass);
    outages = passesByItself(errorClass) ? outages + 1 : 0;
    waitSeconds =
      outages === 0
        ? 0
        : backoffSeconds(outages, ports.random(), { firstSeconds: 0.5, longestSeconds: 8, retryAfterSeconds });
  }
  return { outcome: 'failed', calls, waitSeconds };
};

/** Waits, unless that takes longer than is waited for a provider or leaves too little time for a call after it: then at once `away`. */
export const waited = async (
  { clock, sleep }: Pick<AskPorts, 'clock' | 'sleep'>,
  { deadline }: Pick<Question<unknown>, 'deadline'>,
  seconds: number,
): Promise<'waited' | 'late' | 'away'> => {
  if (clock.now() + shortestCall > deadline) return 'late';
  if (seconds > longestPatienceSeconds || clock.now() + seconds * 1000 + shortestCall > deadline) return 'away';
  if (seconds > 0) await sleep(Math.ceil(seconds * 1000));
  return 'waited';
};

/** The same call would fail in the same way. */
const isFinal = (errorClass: LlmErrorClass): boolean =>
  errorClass === 'gate' || errorClass === 'authentication' || errorClass === 'invalidRequest';

const isAboutForm = (errorClass: LlmErrorClass): boolean =>
  errorClass === 'syntax' || errorClass === 'refusal' || errorClass === 'empty';

const passesByItself = (errorClass: LlmErrorClass): boolean =>
  errorClass === 'rateLimited' ||
  errorClass === 'overloaded' ||
  errorClass === 'serverError' ||
  errorClass === 'connection' ||
  errorClass === 'timeout';
