import type { RuledOut } from '../domain/diagnosis/diagnosis.ts';
import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import type { Conclusions } from './conclusions.ts';

/** What earlier attempts acted on without success. */
export const ruledOutBefore = (
  attempt: number,
  conclusions: Conclusions,
  actions: readonly RemediationAction[],
): readonly RuledOut[] =>
  Array.from({ length: attempt - 1 }, (_, index) => index + 1).flatMap((earlier) => {
    const leading = conclusions.find('diagnosis', earlier)?.diagnosis.hypotheses[0];
    if (leading === undefined) return [];
    const planned = conclusions.find('plan', earlier)?.plan.steps.map(({ runbook }) => runbook) ?? [];
    const acted = actions.filter((action) => action.attempt === earlier).map(({ step }) => step.runbook);
    const runbooks = acted.length > 0 ? acted : planned;
    return [{ mechanism: leading.mechanism, service: leading.service, runbooks }];
  });
