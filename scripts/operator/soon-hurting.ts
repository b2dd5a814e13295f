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

/** A fault of the kind that hurts soon, drawn by the seed, on none of the services to avoid; null where there is none. */
export const drawSoonHurting = (
  kind: FaultKind,
  seed: number,
  now: number,
  avoid: ReadonlySet<string> = new Set(),
): ActiveFault | null => {
  const catalogue = loadCatalogue()
    .filter((definition) => definition.kind === kind && definition.hurtsWithinFiveMinutes)
    .map((definition) => ({ ...definition, services: definition.services.filter((service) => !avoid.has(service)) }))
    .filter((definition) => definition.services.length > 0);
  return catalogue.length === 0 ? null : drawFault({ id: 'drawn', kind, seed, severity, startedAt: now }, catalogue);
};

/** A fault of any kind that hurts soon: the seed draws the kind too. On a service to avoid only where there is none on another. */
export const drawAnySoonHurting = (seed: number, now: number, avoid: ReadonlySet<string> = new Set()): ActiveFault => {
  for (const avoided of [avoid, undefined]) {
    for (const turn of faultKinds.keys()) {
      const kind = faultKinds[(seed + turn) % faultKinds.length];
      const fault = kind === undefined ? null : drawSoonHurting(kind, seed, now, avoided);
      if (fault !== null) return fault;
    }
  }
  throw new Error('no fault of the catalogue hurts within five minutes');
};
