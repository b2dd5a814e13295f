import { createServer } from 'node:net';

/** A port that nobody listens on. Another process could take it before we do; whoever uses it notices at start. */
export async function freePort(): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(0, '127.0.0.1', done);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
    return address.port;
  } finally {
    server.close();
  }
}
