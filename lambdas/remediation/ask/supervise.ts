import { type Approach, changeApproach, plainApproach, shownTo } from '../../domain/reasoning/approach.ts';
import {
  type FailedCall,
  type FailureStrategy,
  mainErrorClass,
} from '../../domain/reasoning/failure/failure-diagnosis.ts';
import type { Experience } from '../../domain/reasoning/failure/lesson.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { AskPorts } from './ask-ports.ts';
import { diagnoseFailure, type Verdict } from './diagnose-failure.ts';
import { callName } from './finished-calls.ts';
import { placeOf } from './make-call.ts';
import { makePass, waited } from './make-pass.ts';
import type { Question } from './question.ts';

/** Passes beyond the first, over all providers of a question. */
export const supervisedAttempts = 3;

export type Supervised<Value> = { readonly supervised: number } & (
  | { readonly outcome: 'used'; readonly value: Value }
  /** `next`: another provider is to be asked. `late`: no time is left for one. `abort`: only a person can help. */
  | { readonly outcome: 'next' | 'late' | 'abort'; readonly reason: string }
);

/**
 * Asks one provider, and asks again in other ways as long as that may help. `first` is the supervised attempt that
 * this begins with; `supervised` of the result is the one that the next provider begins with.
 */
export const supervise = async <Value>(
  ports: AskPorts,
  question: Question<Value>,
  model: LanguageModel,
  first: number,
): Promise<Supervised<Value>> => {
  const { provider } = model;
  const failures: FailedCall[] = [];
  const tried: FailureStrategy[] = [];
  let supervised = first;
  let approach: Approach = plainApproach;
  let experience: Omit<Experience, 'worked' | 'at'> | null = null;
  for (;;) {
    const pass = await makePass(ports, question, { model, supervised, approach });
    const isGated = pass.outcome !== 'used' && pass.calls.every(({ errorClass }) => errorClass === 'gate');
    // What the gate did not let through was no attempt, and teaches nothing.
    if (experience !== null && !isGated) {
      await ports.lessons.learn({ ...experience, worked: pass.outcome === 'used', at: ports.clock.now() });
    }
    if (pass.outcome === 'used') return { ...pass, supervised };
    failures.push(...pass.calls);
    const late = {
      outcome: 'late',
      reason: summary(provider, failures, tried, 'no time was left'),
      supervised,
    } as const;
    if (pass.outcome === 'late') return late;
    if (isGated) return { outcome: 'next', reason: summary(provider, failures, tried, null), supervised };
    const away = {
      outcome: 'next',
      reason: summary(provider, failures, tried, `it is to be left alone for ${Math.ceil(pass.waitSeconds)} s`),
    } as const;
    if (pass.outcome === 'away') return { ...away, supervised };
    const shownEvidence = shownTo(question.brief, approach).bundle.items.length;
    const isLast = supervised + 1 >= supervisedAttempts;
    const failed = { calls: pass.calls, tried, shownEvidence };
    const verdict = await diagnoseFailure(ports, question, failed, { provider, supervised, isLast });
    await fileVerdict(ports, question, model, supervised, verdict);
    const { strategy, changes, rootCause } = verdict.diagnosis;
    if (strategy === 'abort')
      return { outcome: 'abort', reason: summary(provider, failures, tried, rootCause), supervised };
    // The last supervised attempt is another provider's: it fails in another way, if it does.
    if (strategy === 'fallback' || isLast) {
      const next = Math.min(supervised + 1, supervisedAttempts);
      return { outcome: 'next', reason: summary(provider, failures, tried, null), supervised: next };
    }
    const errorClass = mainErrorClass(pass);
    experience =
      errorClass === null ? null : { purpose: question.task.purpose, provider, errorClass, strategy, changes };
    approach = changeApproach(approach, changes);
    tried.push(strategy);
    supervised += 1;
    const wait = await waited(ports, question, pass.waitSeconds);
    if (wait === 'late') return late;
    if (wait === 'away') return { ...away, supervised };
  }
};

/** Why a failure was handled as it was, for whoever reads the archive. */
const fileVerdict = async (
  { archive }: AskPorts,
  question: Question<unknown>,
  model: LanguageModel,
  supervised: number,
  verdict: Verdict,
): Promise<void> => {
  const name = callName(placeOf(question, { model, supervised, call: 1 }));
  await archive.put(`incidents/${question.brief.incident.id}/llm/${name}-failure.json`, JSON.stringify(verdict));
};

/** `gemini: 8 calls, none usable (syntax 5, overloaded 3), also after promptAdjustment; last: ...`. */
const summary = (
  provider: string,
  failures: readonly FailedCall[],
  tried: readonly FailureStrategy[],
  end: string | null,
): string => {
  const counts = new Map<string, number>();
  for (const { errorClass } of failures) counts.set(errorClass, (counts.get(errorClass) ?? 0) + 1);
  const made = failures.filter(({ errorClass }) => errorClass !== 'gate').length;
  const classes = [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
  const calls = made === 0 ? 'not called' : `${made} ${made === 1 ? 'call' : 'calls'}, none usable (${classes})`;
  const after = tried.length === 0 ? '' : `, also after ${tried.join(' and ')}`;
  const last = end ?? failures.at(-1)?.problem;
  return `${provider}: ${calls}${after}${last === undefined ? '' : `; ${last.slice(0, 300)}`}`;
};
