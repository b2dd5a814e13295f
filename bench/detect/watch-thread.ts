import { parentPort } from 'node:worker_threads';
import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';
import { type GradedRun, gradeRun } from './grade.ts';
import { watchShop } from './watch-shop.ts';

export type WatchReply = { readonly graded: GradedRun } | { readonly failed: string };

/** Watches one run after another for the thread that started this one. */
parentPort?.on('message', async (plan: ScenarioPlan) => {
  parentPort?.postMessage(await reply(plan));
});

const reply = async (plan: ScenarioPlan): Promise<WatchReply> => {
  try {
    return { graded: gradeRun(await watchShop(plan)) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};
