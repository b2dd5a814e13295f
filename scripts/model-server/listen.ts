import { createServer as createPlainServer, type IncomingMessage } from 'node:http';
import { createServer as createSecondServer, type Http2ServerRequest } from 'node:http2';
import { createServer, type Socket } from 'node:net';
import { z } from 'zod';

export type HttpRequest = IncomingMessage | Http2ServerRequest;
/** What the responses of both have in common. */
export type HttpResponse = {
  statusCode: number;
  readonly destroyed: boolean;
  once(event: 'close', heard: () => void): unknown;
  readonly socket: { destroy(): unknown } | null;
  setHeader(name: string, value: string): unknown;
  write(text: string, encoding: BufferEncoding, done: () => void): unknown;
  end(text: string): unknown;
};
export type Listening = { readonly port: number; close(): Promise<void> };

/**
 * HTTP/1.1 and HTTP/2 on one port without TLS: the client of Bedrock speaks the second of itself and without asking,
 * the others the first. Which it is shows in the first bytes.
 */
export const listen = async (
  { port, host }: { readonly port: number; readonly host: string },
  handle: (request: HttpRequest, response: HttpResponse) => void,
): Promise<Listening> => {
  const plain = createPlainServer(handle);
  // A call that stalls is held for as long as the caller holds it.
  plain.requestTimeout = 0;
  const second = createSecondServer(handle);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A caller that goes away in the middle is no failure of ours.
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      (first.subarray(0, 3).toString('latin1') === 'PRI' ? second : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: z.object({ port: z.int() }).parse(server.address()).port,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of sockets) socket.destroy();
      }),
  };
};
