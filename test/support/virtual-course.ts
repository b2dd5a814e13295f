import type { IncidentState } from '../../lambdas/domain/incident/incident.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { playInThreads } from '../../scripts/scenario/play-in-threads.ts';
import { synthesiseMachine } from '../../scripts/scenario/synthesise-machine.ts';

const stepSeconds = 5;

/** The states that the incident of a fault goes through on virtual time, in a shop with this seed, at the same hour. */
export const virtualCourse = async (fault: ActiveFault, shopSeed: number): Promise<readonly IncidentState[]> => {
  const step = stepSeconds * 1000;
  const at = Math.floor(fault.startedAt / step) * step - 300_000;
  const plan = {
    name: fault.definition.cause,
    seed: shopSeed,
    at,
    stepSeconds,
    lengthSeconds: 1800,
    endsWhenSettled: true,
    faults: [fault],
  };
  // In a thread of its own: virtual time takes the timers of the whole thread.
  const definition = synthesiseMachine(stepSeconds);
  const [played] = await playInThreads([{ plan, definition, healer: 'kintsugi' }], () => undefined);
  return played?.courses[0] ?? [];
};
