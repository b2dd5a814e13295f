import { uniform } from '../../lambdas/workload/physics/random.ts';
import type { FailureKind } from './failure-kinds.ts';
import { obey } from './obey.ts';
import type { Answer, Question } from './question.ts';
import { readPrompt } from './read-prompt.ts';
import { reason } from './reason.ts';
import type { ScriptEntry } from './script-file.ts';
import { spoil } from './spoil.ts';

export type AnswerOptions = {
  /** Share of calls that fail, 0 to 1; each by itself. */
  readonly failShare: number;
  /** What they fail with, drawn evenly. */
  readonly kinds: readonly FailureKind[];
  readonly seed: number;
  readonly script: readonly ScriptEntry[];
};

export type Given = { readonly answer: Answer; readonly failure: FailureKind | null };

/** Answers questions one after another: by the script while it has something for them, else by the built-in reasoner. */
export const createAnswers = () => {
  const used = new Map<ScriptEntry, number>();
  let calls = 0;

  const scripted = (question: Question, script: readonly ScriptEntry[]): ScriptEntry | undefined => {
    const entry = script.find(
      (candidate) =>
        (used.get(candidate) ?? 0) < (candidate.times ?? Number.POSITIVE_INFINITY) &&
        (candidate.contains === undefined || `${question.system}\n${question.user}`.includes(candidate.contains)),
    );
    if (entry !== undefined) used.set(entry, (used.get(entry) ?? 0) + 1);
    return entry;
  };

  return (question: Question, options: AnswerOptions): Given => {
    calls += 1;
    const entry = scripted(question, options.script);
    const failure = entry === undefined ? drawnFailure(options, calls) : (entry.fail ?? null);
    if (entry !== undefined && failure === null) return { answer: written(entry), failure };
    const prompt = readPrompt(question.system, question.user);
    const good = reason(prompt) ?? nothingFound;
    const answer = failure === null ? document(good) : spoil(failure, good, () => obey(prompt, question.system));
    return { answer, failure };
  };
};

const nothingFound = { hypotheses: [], assumptions: ['Nothing in the question speaks for any cause.'] };

const drawnFailure = ({ failShare, kinds, seed }: AnswerOptions, call: number): FailureKind | null =>
  uniform(seed, call, 0, 401) < failShare
    ? (kinds[Math.floor(uniform(seed, call, 0, 402) * kinds.length)] ?? null)
    : null;

const written = ({ text, json }: ScriptEntry): Answer =>
  text === undefined ? document(json) : { kind: 'text', text, truncated: false };

const document = (value: unknown): Answer => ({ kind: 'text', text: JSON.stringify(value), truncated: false });
