import type { EvidenceBundle } from '../domain/diagnosis/evidence.ts';
import type { RemediationPlan } from '../domain/plan/plan.ts';
import { assessPlan } from '../domain/policy/assess-plan.ts';
import { type Challenge, weighChallenge } from '../domain/reasoning/challenge.ts';
import type { ModelBrief } from '../ports/language-model.ts';
import type { AskModel } from './ask/ask-model.ts';

/** Whether a plan is worth a second opinion: medium risk or above, by the workload as the evidence has it. */
export const isRisky = (plan: RemediationPlan, bundle: EvidenceBundle): boolean => {
  const topology = bundle.items.find((item) => item.type === 'topology')?.topology;
  return topology === undefined || assessPlan(plan, topology).risk !== 'low';
};

/** Asks another than the one who made the diagnosis what it makes of it, and weighs the answer. */
export const challenged = async (
  askModel: Pick<AskModel, 'challenge'>,
  brief: ModelBrief,
  {
    attempt,
    deadline,
    diagnosedBy,
  }: { readonly attempt: number; readonly deadline: number; readonly diagnosedBy: string },
): Promise<{ readonly challenge: Challenge; readonly provider: string; readonly fallback: string | null }> => {
  const leading = brief.diagnosis?.hypotheses[0];
  const answer = await askModel.challenge(brief, attempt, deadline, diagnosedBy);
  const opinion = answer.outcome === 'used' ? answer.value : null;
  if (leading === undefined) throw new Error('a diagnosis without a hypothesis cannot be challenged');
  const challenge = weighChallenge(brief.bundle, leading, opinion);
  return answer.outcome === 'used'
    ? { challenge, provider: answer.provider, fallback: answer.fallback }
    : { challenge, provider: 'nobody', fallback: answer.reason };
};
