import { secondOpinion } from '../../domain/reasoning/challenge.ts';
import { diagnose } from '../../domain/reasoning/diagnose.ts';
import { ModelCallError } from '../../domain/reasoning/model-call-error.ts';
import { planFromDiagnosis } from '../../domain/reasoning/plan-from-hypothesis.ts';
import type { LanguageModel, ModelBrief, ModelRequest } from '../../ports/language-model.ts';

/** Answers from the evidence alone, without a key, a network or a cost. */
export const createBuiltinModel = (): LanguageModel => ({
  provider: 'builtin',
  model: 'builtin-reasoner-1',
  async ask(request: ModelRequest) {
    const answer = reply(request);
    if (answer === null) {
      throw new ModelCallError(`the built-in reasoner has no ${request.purpose} for this evidence`, {
        errorClass: 'empty',
      });
    }
    return { text: JSON.stringify(answer), inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costDollars: 0 };
  },
});

const reply = ({ purpose, brief }: ModelRequest) => {
  switch (purpose) {
    case 'diagnose':
      return diagnose(brief.bundle, brief.ruledOut);
    case 'plan':
      return plan(brief);
    case 'challenge':
      return secondOpinion(brief.bundle);
    case 'diagnostic':
      return null;
  }
};

const plan = ({ bundle, diagnosis, ruledOut }: ModelBrief) =>
  diagnosis === null ? null : planFromDiagnosis(bundle, diagnosis, ruledOut);
