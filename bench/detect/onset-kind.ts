import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';

/**
 * How a fault comes about, by its definition alone. `step`: at full strength at
 * once. `rollout`: in a release or a revision, which reaches one process after
 * another. `ramp`: over minutes. `growth`: something fills up, and harms nobody until it is full.
 */
export const onsetKinds = ['step', 'rollout', 'ramp', 'growth'] as const;
export type OnsetKind = (typeof onsetKinds)[number];

/** What accumulates for as long as the fault is there. */
const accumulating: ReadonlySet<string> = new Set([
  'memoryLeak',
  'cacheGrowth',
  'logWriteRate',
  'temporaryWriteRate',
  'dataAdded',
  'connectionLeak',
]);

export function onsetKindOf({ definition }: Pick<ActiveFault, 'definition'>): OnsetKind {
  if (definition.perturbations.some(({ parameter }) => accumulating.has(parameter))) return 'growth';
  if (definition.carrier === 'version' || definition.carrier === 'config') return 'rollout';
  return definition.rampMinutes > 0 ? 'ramp' : 'step';
}
