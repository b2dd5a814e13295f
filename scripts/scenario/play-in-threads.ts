import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PlayedScenario } from './play-scenario.ts';
import type { Healer, ScenarioPlan } from './scenario-plan.ts';
import type { MachineDefinition } from './synthesise-machine.ts';

export type PlayRequest = {
  readonly plan: ScenarioPlan;
  readonly definition: MachineDefinition;
  readonly healer: Healer;
};
export type PlayReply = { readonly played: PlayedScenario } | { readonly failed: string };

/**
 * Plays plans on every core, since each takes the timers of its whole thread.
 * Results come in the order of the plans.
 * @throws when a run throws, with the plan's name
 */
export const playInThreads = async (
  requests: readonly PlayRequest[],
  onPlayed: (played: PlayedScenario) => void,
): Promise<readonly PlayedScenario[]> => {
  const results: PlayedScenario[] = [];
  const waiting = [...requests.entries()];
  const play = async (): Promise<void> => {
    const worker = new Worker(new URL('./play-thread.ts', import.meta.url));
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, request] = next;
        worker.postMessage(request);
        const [reply]: PlayReply[] = await once(worker, 'message');
        if (reply === undefined || 'failed' in reply) {
          throw new Error(`scenario '${request.plan.name}' broke off: ${reply?.failed ?? 'no answer'}`);
        }
        results[index] = reply.played;
        onPlayed(reply.played);
      }
    } finally {
      await worker.terminate();
    }
  };
  const threads = Math.max(1, Math.min(availableParallelism(), requests.length));
  await Promise.all(Array.from({ length: threads }, play));
  return results;
};
