import type { PlayedScenario } from './play-scenario.ts';
import type { Healer, ScenarioPlan } from './scenario-plan.ts';
import type { MachineDefinition } from './synthesise-machine.ts';
import { doInThreads } from './threads.ts';

export type PlayRequest = {
  readonly plan: ScenarioPlan;
  readonly definition: MachineDefinition;
  readonly healer: Healer;
};

/** Plays plans on every core; results come in their order. Throws when a run throws, with the plan's name. */
export const playInThreads = (
  requests: readonly PlayRequest[],
  onPlayed: (played: PlayedScenario) => void,
): Promise<readonly PlayedScenario[]> =>
  doInThreads(
    new URL('./play-thread.ts', import.meta.url),
    requests,
    ({ plan }) => `scenario '${plan.name}'`,
    onPlayed,
  );
