import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';
import { doInThreads } from '../../scripts/scenario/threads.ts';
import type { GradedRun } from './grade.ts';

/** Watches runs on every core; results come in the order of the plans. Throws when a run throws, with the plan's name. */
export const watchInThreads = (
  plans: readonly ScenarioPlan[],
  onWatched: (graded: GradedRun) => void,
): Promise<readonly GradedRun[]> =>
  doInThreads(new URL('./watch-thread.ts', import.meta.url), plans, ({ name }) => `run '${name}'`, onWatched);
