import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';

type Reply<Result> = { readonly result: Result } | { readonly failed: string };

/**
 * Does tasks on every core, since virtual time takes the timers of a whole thread.
 * Results come in the order of the tasks.
 * @param module what each thread runs, which calls `workInThread`
 * @throws when a task throws, with what it is called
 */
export const doInThreads = async <Task, Result>(
  module: URL,
  tasks: readonly Task[],
  called: (task: Task) => string,
  onDone: (result: Result) => void,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  const waiting = [...tasks.entries()];
  const work = async (): Promise<void> => {
    const worker = new Worker(module);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, task] = next;
        worker.postMessage(task);
        const [reply]: Reply<Result>[] = await once(worker, 'message');
        if (reply === undefined || 'failed' in reply) {
          throw new Error(`${called(task)} broke off: ${reply?.failed ?? 'no answer'}`);
        }
        results[index] = reply.result;
        onDone(reply.result);
      }
    } finally {
      await worker.terminate();
    }
  };
  const threads = Math.max(1, Math.min(availableParallelism(), tasks.length));
  await Promise.all(Array.from({ length: threads }, work));
  return results;
};

/** Does one task after another for the thread that started this one. */
export const workInThread = <Task, Result>(work: (task: Task) => Promise<Result>): void => {
  parentPort?.on('message', async (task: Task) => {
    parentPort?.postMessage(await replyTo(task, work));
  });
};

const replyTo = async <Task, Result>(task: Task, work: (task: Task) => Promise<Result>): Promise<Reply<Result>> => {
  try {
    return { result: await work(task) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};
