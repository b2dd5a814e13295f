import { parentPort } from 'node:worker_threads';
import type { PlayReply, PlayRequest } from './play-in-threads.ts';
import { playScenario } from './play-scenario.ts';

/** Plays one plan after another for the thread that started this one. */
parentPort?.on('message', async (request: PlayRequest) => {
  parentPort?.postMessage(await reply(request));
});

const reply = async ({ plan, definition, healer }: PlayRequest): Promise<PlayReply> => {
  try {
    return { played: await playScenario(plan, { definition, healer }) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};
