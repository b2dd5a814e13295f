import { between, hash } from '../physics/random.ts';
import { serviceNames } from '../physics/services.ts';
import { type ActiveFault, activeFaultSchema, type FaultDefinition, type FaultKind, faultKinds } from './definition.ts';

/** A wish that no fault of the catalogue meets; the message lists the valid choices. */
export class FaultChoiceError extends Error {
  override readonly name = 'FaultChoiceError';
}

export type FaultWish = {
  readonly kind: string;
  readonly cause?: string | undefined;
  readonly service?: string | undefined;
  readonly instance?: string | undefined;
  /** 0.3 to 1; drawn when absent. */
  readonly severity?: number | undefined;
  readonly seed: number;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Null or absent: no end of its own. */
  readonly endsAt?: number | null | undefined;
};

/** Makes a fault concrete: what the wish leaves open is drawn by its seed. Throws a FaultChoiceError. */
export function drawFault(wish: FaultWish, catalogue: readonly FaultDefinition[]): ActiveFault {
  const kind = chosenKind(wish.kind);
  const ofKind = catalogue.filter((definition) => definition.kind === kind);
  const named = wish.cause === undefined ? ofKind : ofKind.filter((definition) => definition.cause === wish.cause);
  if (named.length === 0) {
    throw new FaultChoiceError(
      `unknown cause ${wish.cause ?? ''} of kind ${kind}: one of ${ofKind.map((d) => d.cause).join(', ')}`,
    );
  }
  if (wish.service !== undefined && !serviceNames.some((name) => name === wish.service)) {
    throw new FaultChoiceError(`unknown service ${wish.service}: one of ${serviceNames.join(', ')}`);
  }
  const fitting = named.filter((d) => wish.service === undefined || d.services.some((name) => name === wish.service));
  const definition = fitting[hash(wish.seed, 1, 0, 131) % Math.max(1, fitting.length)];
  if (definition === undefined) {
    const services = [...new Set(named.flatMap((d) => d.services))].sort();
    throw new FaultChoiceError(
      `${wish.cause ?? kind} cannot strike ${wish.service ?? ''}: one of ${services.join(', ')}`,
    );
  }
  return concreteFault(definition, wish);
}

/** The same for a definition in hand, such as a user's own file. */
export function concreteFault(definition: FaultDefinition, wish: Omit<FaultWish, 'kind' | 'cause'>): ActiveFault {
  const services = definition.services.filter((name) => wish.service === undefined || name === wish.service);
  const service = services[hash(wish.seed, 2, 0, 132) % Math.max(1, services.length)];
  if (service === undefined) {
    throw new FaultChoiceError(
      `${definition.cause} cannot strike ${wish.service ?? ''}: one of ${definition.services.join(', ')}`,
    );
  }
  const severity = wish.severity ?? Math.round(between(0.3, 1, wish.seed, 3, 0, 133) * 100) / 100;
  if (!(severity >= 0.3 && severity <= 1)) throw new FaultChoiceError(`severity ${severity} is not within 0.3 to 1`);
  return activeFaultSchema.parse({
    id: wish.id,
    definition,
    service,
    instance: wish.instance ?? null,
    severity,
    startedAt: wish.startedAt,
    endsAt: wish.endsAt ?? null,
    seed: wish.seed,
  });
}

function chosenKind(kind: string): FaultKind {
  const found = faultKinds.find((other) => other === kind);
  if (found === undefined) throw new FaultChoiceError(`unknown kind ${kind}: one of ${faultKinds.join(', ')}`);
  return found;
}
