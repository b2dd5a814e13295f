import type { Diagnosis, Hypothesis } from '../../domain/diagnosis/diagnosis.ts';
import type { RemediationPlan } from '../../domain/plan/plan.ts';
import { plainApproach } from '../../domain/reasoning/approach.ts';
import { builtinProvider } from '../../domain/reasoning/builtin-provider.ts';
import type { LanguageModel, ModelBrief, ModelChain } from '../../ports/language-model.ts';
import type { AskPorts } from './ask-ports.ts';
import { fileFinished } from './file-call.ts';
import { readFinished } from './finished-calls.ts';
import { makeCall } from './make-call.ts';
import type { Question } from './question.ts';
import { type Supervised, supervise } from './supervise.ts';
import { challengeTask, diagnoseTask, planTask, type Task } from './task.ts';

export type Answer<Value> =
  | {
      readonly outcome: 'used';
      readonly value: Value;
      readonly provider: string;
      /** Why the providers before it did not answer; null when it is the first. */
      readonly fallback: string | null;
    }
  | { readonly outcome: 'unusable'; readonly reason: string };

/** `deadline`: when the asker's own time is up, epoch milliseconds. */
export type AskModel = {
  diagnose(brief: ModelBrief, attempt: number, deadline: number): Promise<Answer<Diagnosis>>;
  /** `brief.diagnosis` is what is planned for. */
  plan(brief: ModelBrief, attempt: number, deadline: number): Promise<Answer<RemediationPlan>>;
  /** A second opinion on `brief.diagnosis`, by others than the provider that gave it; the built-in reasoner gives its own either way. */
  challenge(brief: ModelBrief, attempt: number, deadline: number, diagnosedBy: string): Promise<Answer<Hypothesis>>;
};

/** Time kept for the built-in reasoner and for filing what came out, milliseconds. */
const reserve = 10_000;

/**
 * Asks the models of a chain in their order, each defensively and again in other ways as long as that may help;
 * the built-in reasoner answers last, also when no time is left for another. Every call leaves a row and its
 * prompt and reply in the archive, and an asking that was interrupted goes on from what is there.
 */
export const createAskModel = (ports: AskPorts): AskModel => ({
  diagnose: (brief, attempt, deadline) => ask(ports, diagnoseTask, brief, attempt, deadline),
  plan: (brief, attempt, deadline) => ask(ports, planTask, brief, attempt, deadline),
  challenge: (brief, attempt, deadline, diagnosedBy) =>
    ask({ ...ports, chain: without(ports.chain, diagnosedBy) }, challengeTask, brief, attempt, deadline),
});

/** A chain that lacks one provider, unless that is the built-in reasoner. */
const without =
  (chain: ModelChain, provider: string): ModelChain =>
  (purpose) => {
    const [first, ...others] = chain(purpose).filter((model) => model.provider !== provider || isBuiltin(model));
    return first === undefined ? chain(purpose) : [first, ...others];
  };

const ask = async <Value>(
  ports: AskPorts,
  task: Task<Value>,
  brief: ModelBrief,
  attempt: number,
  deadline: number,
): Promise<Answer<Value>> => {
  const { purpose } = task;
  const asked = { incidentId: brief.incident.id, attempt };
  const [own, diagnostics] = await Promise.all([
    readFinished(ports.archive, { ...asked, purpose }),
    readFinished(ports.archive, { ...asked, purpose: 'diagnostic' }),
  ]);
  const finished = new Map([...own, ...diagnostics]);
  const question: Question<Value> = { task, brief, attempt, about: null, deadline: deadline - reserve, finished };

  const chain = ports.chain(purpose);
  for (const call of own.values()) {
    const read = await fileFinished(ports, question, call);
    if (read.outcome !== 'used') continue;
    const { provider } = call.place;
    const isFirst = provider === chain[0]?.provider;
    return {
      ...read,
      provider,
      fallback: isFirst ? null : 'those before it gave nothing usable before an interruption',
    };
  }
  const reasons: string[] = [];
  let supervised = 0;
  let late = false;
  for (const model of chain) {
    if (late && !isBuiltin(model)) {
      reasons.push(`${model.provider}: not asked, no time was left`);
      continue;
    }
    const result = isBuiltin(model)
      ? await askBuiltin(ports, question, model, supervised)
      : await supervise(ports, question, model, supervised);
    if (result.outcome === 'used') {
      return { ...result, provider: model.provider, fallback: reasons.length === 0 ? null : reasons.join('; ') };
    }
    reasons.push(result.reason);
    if (result.outcome === 'abort') break;
    supervised = result.supervised;
    late ||= result.outcome === 'late';
  }
  return { outcome: 'unusable', reason: reasons.join('; ') };
};

/** One call: the same evidence would give it the same answer again. */
const askBuiltin = async <Value>(
  ports: AskPorts,
  question: Question<Value>,
  model: LanguageModel,
  supervised: number,
): Promise<Supervised<Value>> => {
  const plan = { model, supervised, call: 1, approach: plainApproach, complaint: null, strictJson: false };
  const called = await makeCall(ports, question, plan);
  return called.outcome === 'used'
    ? { ...called, supervised }
    : { outcome: 'next', reason: `${model.provider}: ${called.problem}`, supervised };
};

const isBuiltin = ({ provider }: LanguageModel): boolean => provider === builtinProvider;
