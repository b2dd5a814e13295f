import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createGeminiModel } from '../../lambdas/adapters/llm/gemini-model.ts';
import type { LanguageModel } from '../../lambdas/ports/language-model.ts';

/** How long a call may take in a benchmark, milliseconds: stalls are to be waited out. */
const callMilliseconds = 4_000;

export type ServedModel = {
  readonly model: LanguageModel;
  /** From now on so many of the calls fail, 0 to 1, each by itself and in a way drawn from the whole list. */
  failing(share: number): Promise<void>;
  close(): Promise<void>;
};

/** A provider on a model server of its own, asked over HTTP. */
export const serveModel = async (): Promise<ServedModel> => {
  const worker = new Worker(new URL('./server-thread.ts', import.meta.url));
  const [baseUrl]: string[] = await once(worker, 'message');
  const model = createGeminiModel({
    provider: 'gemini',
    model: 'gemini-2.5-flash',
    apiKey: 'none',
    price: { input: 0.3, cachedInput: 0.075, output: 2.5 },
    baseUrl,
    timeoutMilliseconds: callMilliseconds,
    structure: 'schema',
  });
  return {
    model,
    failing: async (share) => {
      const changed = once(worker, 'message');
      worker.postMessage(share);
      await changed;
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
