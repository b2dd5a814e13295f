import type { RuledOut } from '../domain/diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../domain/diagnosis/evidence.ts';
import { sameTroubleMilliseconds } from '../domain/incident/relapse.ts';
import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import type { Conclusions } from './conclusions.ts';

/** What was acted on without success: in earlier attempts, and in an incident alike that ended a short while ago. */
export const ruledOutSoFar = (
  attempt: number,
  conclusions: Conclusions,
  actions: readonly RemediationAction[],
  bundle: EvidenceBundle,
): readonly RuledOut[] => [...ruledOutBefore(attempt, conclusions, actions), ...ruledOutLately(bundle)];

/**
 * Trouble that was escalated after acts begins with what is known not to help. Of what was resolved and came back that is not
 * known: it may be new trouble of the same kind, and the same remedy is tried again, but proves itself by a longer quiet.
 */
export const ruledOutLately = ({ items, onset }: EvidenceBundle): readonly RuledOut[] =>
  items.flatMap((item) =>
    item.type === 'pastIncident' &&
    item.outcome === 'escalated' &&
    item.mechanism !== null &&
    item.runbooks.length > 0 &&
    onset - item.closedAt < sameTroubleMilliseconds
      ? [{ mechanism: item.mechanism, service: item.service, runbooks: item.runbooks }]
      : [],
  );

/** What earlier attempts acted on without success. */
const ruledOutBefore = (
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
