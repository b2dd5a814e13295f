import type { PlanStep } from '../../lambdas/domain/plan/plan.ts';
import type { RemediationAction } from '../../lambdas/domain/plan/remediation-action.ts';
import { plain } from './text.ts';

/** `scale-out (service checkout, count 6)`. */
export const stepText = (step: PlanStep): string => {
  const parameters = Object.entries(step.parameters).map(([name, value]) => `${name} ${value}`);
  return plain(parameters.length === 0 ? step.runbook : `${step.runbook} (${parameters.join(', ')})`);
};

/** What an act changed in the desired configuration: `instanceCount 3 → 6`; empty for a transient act. */
export const changedText = (action: RemediationAction): string => {
  const after = action.after ?? {};
  const before = action.before ?? {};
  return plain(
    Object.keys(after)
      .map((field) => `${field} ${JSON.stringify(before[field] ?? null)} → ${JSON.stringify(after[field])}`)
      .join(', '),
  );
};
