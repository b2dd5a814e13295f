import { quietScenario } from '../../scripts/scenario/draw-scenarios.ts';
import { playScenario } from '../../scripts/scenario/play-scenario.ts';
import type { MachineDefinition } from '../../scripts/scenario/synthesise-machine.ts';

export type QuietReport = { readonly hours: number; readonly incidents: number; readonly modelCalls: number };

const stepSeconds = 5;
const seconds = 3_600;

/** A healthy hour of the shop, watched: how often a model was asked anything. */
export const measureQuiet = async (definition: MachineDefinition): Promise<QuietReport> => {
  const played = await playScenario(quietScenario(1, stepSeconds, seconds), { definition, healer: 'kintsugi' });
  return { hours: seconds / 3_600, incidents: played.falseIncidents.length, modelCalls: played.modelCalls };
};
