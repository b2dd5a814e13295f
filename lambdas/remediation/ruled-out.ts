import type { RuledOut } from '../domain/diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../domain/diagnosis/evidence.ts';
import type { ServiceName } from '../domain/ids.ts';
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

/** Trouble that was escalated after acts, or resolved and came back, begins with what is known not to help. */
export const ruledOutLately = ({ items, onset }: EvidenceBundle): readonly RuledOut[] => {
  const changedSince = (service: ServiceName, since: number): boolean =>
    items.some(
      (item) =>
        item.type === 'change' &&
        item.change.service === service &&
        (item.change.kind === 'deploy' || item.change.kind === 'config') &&
        item.change.at > since &&
        item.change.at <= onset,
    );
  return items.flatMap((item) =>
    item.type === 'pastIncident' &&
    item.outcome !== 'resolved' &&
    item.mechanism !== null &&
    item.runbooks.length > 0 &&
    onset - item.closedAt < sameTroubleMilliseconds &&
    // What was taken back says nothing against taking back what came after it.
    !(item.runbooks.every(takesChangeBack) && changedSince(item.service, item.closedAt))
      ? [{ mechanism: item.mechanism, service: item.service, runbooks: item.runbooks }]
      : [],
  );
};

const takesChangeBack = (runbook: string): boolean => runbook === 'roll-back-deploy' || runbook === 'restore-config';

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
