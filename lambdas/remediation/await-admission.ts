import type { Admission, AdmissionRequest } from '../domain/limits/admission.ts';
import type { Clock } from '../ports/clock.ts';
import type { ModelGate } from '../ports/model-gate.ts';

export type AwaitAdmissionPorts = {
  readonly gate: Pick<ModelGate, 'admit'>;
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};

/**
 * Asks the gate, and again after a while as long as it refuses for something that passes by itself: a call in
 * flight, a rate, too many at once. The last answer when patience would run out before the next, and at once
 * when the breaker is open or a budget is spent, for then it is the next provider's turn.
 */
export const awaitAdmission = async (
  { gate, clock, random, sleep }: AwaitAdmissionPorts,
  request: AdmissionRequest,
  patienceSeconds: number,
): Promise<Admission> => {
  const until = clock.now() + patienceSeconds * 1000;
  for (;;) {
    const admission = await gate.admit(request);
    if (admission.outcome === 'admitted') return admission;
    const { cause, retryAfterSeconds } = admission;
    if (cause === 'breaker' || cause === 'budget' || retryAfterSeconds === null) return admission;
    // Spread out, so that those who wait for the same thing do not all come back at once.
    const milliseconds = retryAfterSeconds * 1000 * (1 + random() / 2);
    if (clock.now() + milliseconds > until) return admission;
    await sleep(milliseconds);
  }
};
