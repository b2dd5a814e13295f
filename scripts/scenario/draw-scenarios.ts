import type { ActiveFault, FaultDefinition } from '../../lambdas/workload/faults/definition.ts';
import { concreteFault } from '../../lambdas/workload/faults/draw-fault.ts';
import { between, hashText } from '../../lambdas/workload/physics/random.ts';
import { day, minute } from './rhythm.ts';
import type { ScenarioPlan } from './scenario-plan.ts';

/** A Monday, so that hours of the week can be counted from it. */
const monday = Date.UTC(2026, 2, 2);
/** Detection watches the healthy shop for so long before the fault. */
export const quietSeconds = 300;
/** The slowest leaks take an hour to hurt. */
export const longestSeconds = 90 * 60;

/**
 * One fault of a cause, drawn by a seed: service, severity, ramp, hour of the
 * week, and by the seed of the shop everything harmless that goes on meanwhile.
 */
export const drawScenario = (definition: FaultDefinition, seed: number, stepSeconds: number): ScenarioPlan => {
  const own = hashText(`${definition.cause} ${seed}`) % 1_000_000;
  const at = drawBegin(own);
  const startedAt = at + quietSeconds * 1000;
  return {
    name: `${definition.cause} ${seed}`,
    seed: own,
    at,
    stepSeconds,
    lengthSeconds: quietSeconds + longestSeconds,
    endsWhenSettled: true,
    faults: [drawFault(definition, own, startedAt)],
  };
};

/** Begin of a run, at any hour of a week. */
export const drawBegin = (seed: number): number =>
  monday + Math.floor(between(0, (7 * day) / (5 * minute), seed, 1, 0, 201)) * 5 * minute;

/** Service, severity and ramp by the seed; a fault of no cause need be a step. */
export const drawFault = (definition: FaultDefinition, seed: number, startedAt: number): ActiveFault => {
  const stretch = between(0.5, 1.5, seed, 2, 0, 202);
  const extra = Math.max(0, between(-2, 2, seed, 3, 0, 203));
  const rampMinutes = Math.round((definition.rampMinutes * stretch + extra) * 10) / 10;
  return concreteFault({ ...definition, rampMinutes }, { seed, startedAt, id: `scenario-${seed}` });
};

/** A shop without any fault. */
export const quietScenario = (seed: number, stepSeconds: number, lengthSeconds: number): ScenarioPlan => ({
  name: `quiet ${seed}`,
  seed,
  at: monday + (seed % 7) * day,
  stepSeconds,
  lengthSeconds,
  endsWhenSettled: false,
  faults: [],
});
