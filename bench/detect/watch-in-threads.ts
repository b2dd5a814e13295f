import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';
import type { GradedRun } from './grade.ts';
import type { WatchReply } from './watch-thread.ts';

/**
 * Watches runs on every core; results come in the order of the plans.
 * @throws when a run throws, with the plan's name
 */
export const watchInThreads = async (
  plans: readonly ScenarioPlan[],
  onWatched: (graded: GradedRun) => void,
): Promise<readonly GradedRun[]> => {
  const results: GradedRun[] = [];
  const waiting = [...plans.entries()];
  const watch = async (): Promise<void> => {
    const worker = new Worker(new URL('./watch-thread.ts', import.meta.url));
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, plan] = next;
        worker.postMessage(plan);
        const [reply]: WatchReply[] = await once(worker, 'message');
        if (reply === undefined || 'failed' in reply) {
          throw new Error(`run '${plan.name}' broke off: ${reply?.failed ?? 'no answer'}`);
        }
        results[index] = reply.graded;
        onWatched(reply.graded);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(availableParallelism(), plans.length)) }, watch));
  return results;
};
