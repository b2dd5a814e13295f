import { type ActiveFault, type FaultKind, faultKinds } from '../../lambdas/workload/faults/definition.ts';
import { drawFault } from '../../lambdas/workload/faults/draw-fault.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';

/** At this severity the catalogue was measured. */
const severity = 0.8;

/** Causes that hurt within five minutes of injection, and the others, by name. */
export const causesByPace = (): { readonly soon: readonly string[]; readonly slow: readonly string[] } => {
  const catalogue = loadCatalogue();
  const names = (soon: boolean): readonly string[] =>
    catalogue.filter((definition) => definition.hurtsWithinFiveMinutes === soon).map((definition) => definition.cause);
  return { soon: names(true), slow: names(false) };
};

/** A fault of the kind that hurts soon, drawn by the seed; null where the kind has none. */
export const drawSoonHurting = (kind: FaultKind, seed: number, now: number): ActiveFault | null => {
  const catalogue = loadCatalogue().filter((definition) => definition.hurtsWithinFiveMinutes);
  if (!catalogue.some((definition) => definition.kind === kind)) return null;
  return drawFault({ id: 'drawn', kind, seed, severity, startedAt: now }, catalogue);
};

/** A fault of any kind that hurts soon: the seed draws the kind too. */
export const drawAnySoonHurting = (seed: number, now: number): ActiveFault => {
  for (const turn of faultKinds.keys()) {
    const kind = faultKinds[(seed + turn) % faultKinds.length];
    const fault = kind === undefined ? null : drawSoonHurting(kind, seed, now);
    if (fault !== null) return fault;
  }
  throw new Error('no fault of the catalogue hurts within five minutes');
};
