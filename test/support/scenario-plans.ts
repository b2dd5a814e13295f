import type { Target } from '../../lambdas/ports/target.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { drawScenario } from '../../scripts/scenario/draw-scenarios.ts';
import type { FleetWorld } from '../../scripts/scenario/fleet-world.ts';
import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';

/** One fault of a cause, drawn by a seed. */
export const planOf = (cause: string, seed: number, minutes = 90): ScenarioPlan => {
  const definition = loadCatalogue().find((candidate) => candidate.cause === cause);
  if (definition === undefined) throw new Error(`no cause ${cause}`);
  return { ...drawScenario(definition, seed, 5), lengthSeconds: minutes * 60 };
};

export const withFault = (plan: ScenarioPlan, change: (fault: ActiveFault) => ActiveFault): ScenarioPlan => ({
  ...plan,
  faults: plan.faults.map(change),
});

/** A platform that reports every operation done at once and does none. */
export const idleTarget = ({ target, state }: FleetWorld): Target => ({
  describe: () => target.describe(),
  operate: async ({ key }) => ({ state: 'done', key, endedAt: state().at, before: {}, after: {} }),
});

/** A platform that turns nearly all customers away instead of what it is asked: nothing fails any more. */
export const droppingTarget = ({ target }: FleetWorld): Target => ({
  describe: () => target.describe(),
  operate: async ({ key }) => {
    const { services } = await target.describe();
    const gateway = services.find(({ kind }) => kind === 'gateway');
    if (gateway === undefined) throw new Error('the shop has no gateway');
    return target.operate({ key, operation: { type: 'setAdmittedShare', service: gateway.name, share: 0.05 } });
  },
});
