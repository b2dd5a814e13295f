import { diagnose } from '../../lambdas/domain/reasoning/diagnose.ts';
import { planFromDiagnosis } from '../../lambdas/domain/reasoning/plan-from-hypothesis.ts';
import type { ReadPrompt } from './read-prompt.ts';

/** What the built-in reasoner replies to a prompt, in the shape that the prompt asks for; null when it has no reply. */
export const reason = ({ fields, bundle, ruledOut, diagnosis }: ReadPrompt): unknown => {
  if (fields.has('strategy')) return promptMoreClearly;
  if (bundle === null) return null;
  if (fields.has('steps') || fields.has('runbook')) {
    const plan = diagnosis === null ? null : planFromDiagnosis(bundle, diagnosis, ruledOut);
    if (plan === null || fields.has('steps')) return plan;
    const [step] = plan.steps;
    return step === undefined ? null : { summary: plan.summary, ...step };
  }
  const found = diagnose(bundle, ruledOut);
  return fields.has('hypotheses') ? found : (found?.hypotheses[0] ?? null);
};

/** To the question why replies could not be used, a model that has nothing but rules says the one thing that mostly helps. */
const promptMoreClearly = {
  kind: 'formatting',
  rootCause: 'The replies were not what was asked for.',
  canFix: true,
  strategy: 'promptAdjustment',
  changes: {
    adjustments: ['jsonOnly', 'everyField', 'citeGiven', 'nameGiven', 'listedOnly'],
    maximumEvidence: null,
    simplerSchema: false,
  },
};
