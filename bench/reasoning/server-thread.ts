import { parentPort } from 'node:worker_threads';
import { startModelServer } from '../../scripts/model-server/start-model-server.ts';

/** The model server in a thread of its own, so that what it takes to answer does not hold up who asks. */
const server = await startModelServer({ seed: 1 });
parentPort?.on('message', (failShare: number) => {
  server.change({ failShare });
  parentPort?.postMessage('changed');
});
parentPort?.postMessage(server.url);
