import type { ActiveFault, FaultDefinition } from '../../lambdas/workload/faults/definition.ts';
import { truthOf } from '../../lambdas/workload/faults/definition.ts';
import { concreteFault } from '../../lambdas/workload/faults/draw-fault.ts';
import { hash, hashText } from '../../lambdas/workload/physics/random.ts';
import {
  drawBegin,
  drawFault,
  longestSeconds,
  quietScenario,
  quietSeconds,
} from '../../scripts/scenario/draw-scenarios.ts';
import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';

const stepSeconds = 5;
/** The second trouble begins within so long of the first. */
const overlapSeconds = 60;

/**
 * A release that changes nothing: the pipeline rolls it out like any other,
 * process by process, and no request fares worse for its code.
 */
const harmlessRelease: FaultDefinition = {
  cause: 'harmless-release',
  kind: 'errors',
  title: 'A release without harm',
  truth: { mechanism: 'badDeploy', service: 'struck' },
  services: ['search', 'checkout', 'cart', 'catalog', 'payments', 'inventory'],
  scope: 'all',
  carrier: 'version',
  rampMinutes: 0,
  merchantShare: 1,
  perturbations: [{ parameter: 'errorShare', from: 0, to: 0 }],
  hurtsWithinFiveMinutes: false,
};

/**
 * Two faults of different causes in different services, the second within a
 * minute of the first. Unrelated means no more than that: one may well lie on
 * the other's way through the calls, and many do.
 */
export const drawPair = (catalogue: readonly FaultDefinition[], draw: number): ScenarioPlan => {
  const seed = hashText(`pair ${draw}`) % 1_000_000;
  const at = drawBegin(seed);
  const startedAt = at + quietSeconds * 1000;
  const first = drawFrom(catalogue, seed, startedAt, 0);
  for (let attempt = 1; ; attempt += 1) {
    const second = drawFrom(catalogue, seed, startedAt + delayOf(seed), attempt);
    const apart = truthOf(second).service !== truthOf(first).service;
    if (!apart || second.definition.cause === first.definition.cause) continue;
    return runOf(`pair ${draw}`, seed, at, [first, second]);
  }
};

/** A fault, and within a minute of it a release without harm of another service. */
export const drawBesideRelease = (catalogue: readonly FaultDefinition[], draw: number): ScenarioPlan => {
  const seed = hashText(`beside release ${draw}`) % 1_000_000;
  const at = drawBegin(seed);
  const startedAt = at + quietSeconds * 1000;
  const fault = drawFrom(catalogue, seed, startedAt, 0);
  const elsewhere = harmlessRelease.services.filter((service) => service !== truthOf(fault).service);
  const releaseFirst = hash(seed, 3, 0, 223) % 2 === 0;
  const release = concreteFault(
    { ...harmlessRelease, services: elsewhere },
    {
      seed: seed + 1,
      id: `release-${seed}`,
      severity: 1,
      startedAt: startedAt + (releaseFirst ? -1 : 1) * delayOf(seed),
    },
  );
  return runOf(`beside release ${draw}`, seed, at, [fault, release]);
};

export const isHarmless = ({ definition }: ActiveFault): boolean => definition.cause === harmlessRelease.cause;

/** Shops without any fault, `shops` of them sharing the time. */
export const drawQuiet = (step: number, seconds: number, shops: number, firstSeed: number): readonly ScenarioPlan[] =>
  Array.from({ length: shops }, (_, index) =>
    quietScenario(firstSeed + index, step, Math.ceil(seconds / shops / step) * step),
  );

const drawFrom = (
  catalogue: readonly FaultDefinition[],
  seed: number,
  startedAt: number,
  attempt: number,
): ActiveFault => {
  const definition = catalogue[hash(seed, attempt, 0, 221) % catalogue.length];
  if (definition === undefined) throw new RangeError('the catalogue is empty');
  return drawFault(definition, seed + attempt, startedAt);
};

const delayOf = (seed: number): number =>
  (hash(seed, 2, 0, 222) % (overlapSeconds / stepSeconds + 1)) * stepSeconds * 1000;

const runOf = (name: string, seed: number, at: number, faults: readonly ActiveFault[]): ScenarioPlan => ({
  name,
  seed,
  at,
  stepSeconds,
  lengthSeconds: quietSeconds + longestSeconds,
  endsWhenSettled: true,
  faults: [...faults],
});
