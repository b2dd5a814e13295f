import { plainApproach } from '../../domain/reasoning/approach.ts';
import { builtinProvider } from '../../domain/reasoning/builtin-provider.ts';
import {
  diagnosticPrompt,
  diagnosticSchema,
  readFailureDiagnosis,
} from '../../domain/reasoning/failure/diagnostic-prompt.ts';
import {
  type FailedPass,
  type FailureDiagnosis,
  mainErrorClass,
} from '../../domain/reasoning/failure/failure-diagnosis.ts';
import { changesOf, diagnoseFailureByRules, speaksForItself } from '../../domain/reasoning/failure/failure-rules.ts';
import { bestLesson } from '../../domain/reasoning/failure/lesson.ts';
import type { AskPorts } from './ask-ports.ts';
import { makeCall } from './make-call.ts';
import { waited } from './make-pass.ts';
import type { Question } from './question.ts';
import type { Task } from './task.ts';

/** What is to be done about a failed pass, and who says so: what was learnt, the built-in rules, or a model. */
export type Verdict = { readonly by: string; readonly diagnosis: FailureDiagnosis };

/** A classification is worth no longer wait than this, milliseconds. */
const longestDiagnosis = 10_000;

/**
 * Says why a pass failed and what to try next. What helped before is tried first. Where the provider itself said
 * what is wrong the rules know enough; otherwise a cheap model is asked once, and the rules stand in for it when it
 * gives nothing usable or something that was tried already.
 */
export const diagnoseFailure = async (
  ports: AskPorts,
  question: Question<unknown>,
  pass: FailedPass,
  {
    provider,
    supervised,
    isLast,
  }: {
    readonly provider: string;
    readonly supervised: number;
    /** No supervised attempt is left at this provider, so that nobody need be asked how to use it. */
    readonly isLast: boolean;
  },
): Promise<Verdict> => {
  const byRules: Verdict = { by: 'rules', diagnosis: diagnoseFailureByRules(pass) };
  const errorClass = mainErrorClass(pass);
  const { strategy: ruled } = byRules.diagnosis;
  if (isLast || errorClass === null || ruled === 'abort' || ruled === 'fallback') return byRules;
  const { purpose } = question.task;
  const lesson = bestLesson(await ports.lessons.about({ purpose, provider, errorClass }), pass.tried);
  if (lesson !== null) {
    const { strategy, changes, worked, tried } = lesson;
    return {
      by: `what helped ${worked} of ${tried} times`,
      diagnosis: { ...byRules.diagnosis, canFix: true, strategy, changes },
    };
  }
  if (speaksForItself(errorClass)) return byRules;
  const [model] = ports.chain('diagnostic');
  if (model === undefined || model.provider === builtinProvider) return byRules;
  if ((await waited(ports, question, 0)) !== 'waited') return byRules;
  const called = await makeCall(
    ports,
    {
      task: diagnosticTask(pass),
      brief: question.brief,
      attempt: question.attempt,
      about: purpose,
      deadline: Math.min(question.deadline, ports.clock.now() + longestDiagnosis),
      finished: question.finished,
    },
    { model, supervised, call: 1, approach: plainApproach, complaint: null, strictJson: true },
  );
  if (called.outcome !== 'used' || pass.tried.includes(called.value.strategy)) return byRules;
  return { by: model.provider, diagnosis: withEffect(called.value, errorClass, pass.shownEvidence) };
};

const diagnosticTask = (pass: FailedPass): Task<FailureDiagnosis> => ({
  purpose: 'diagnostic',
  maximumOutputTokens: 1024,
  prompt: (_, { canary }) => diagnosticPrompt(pass, canary),
  schema: () => diagnosticSchema,
  read: readFailureDiagnosis,
});

/**
 * What a model says is carried out: one that sees no way to mend it at this provider means another, and a strategy that would
 * change nothing changes what it changes by the rules.
 */
const withEffect = (
  diagnosis: FailureDiagnosis,
  errorClass: Parameters<typeof changesOf>[1],
  shownEvidence: number,
): FailureDiagnosis => {
  const { changes, canFix } = diagnosis;
  const strategy = canFix || diagnosis.strategy === 'abort' ? diagnosis.strategy : 'fallback';
  const ruled = changesOf(strategy, errorClass, shownEvidence);
  switch (strategy) {
    case 'promptAdjustment': {
      const adjustments = changes.adjustments.length > 0 ? changes.adjustments : ruled.adjustments;
      return { ...diagnosis, changes: { ...changes, adjustments } };
    }
    case 'simplify': {
      const showsLess = changes.maximumEvidence !== null && changes.maximumEvidence < shownEvidence;
      if (showsLess || changes.simplerSchema) return diagnosis;
      const { maximumEvidence, simplerSchema } = ruled;
      return { ...diagnosis, changes: { ...changes, maximumEvidence, simplerSchema } };
    }
    case 'fallback':
    case 'abort':
      return { ...diagnosis, strategy, changes: ruled };
  }
};
