import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, createServer, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ensureCloud } from '../../../../scripts/cloud/ensure-cloud.ts';
import { freePort } from '../../../../scripts/cloud/free-port.ts';
import { identifyCloud } from '../../../../scripts/cloud/identify-cloud.ts';

const servers: (Server | TcpServer)[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function listen(server: Server | TcpServer): Promise<string> {
  servers.push(server);
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}

/** Answers the health pages that are given, and 404 to everything else. */
function cloudWith(pages: Record<string, unknown>): Promise<string> {
  return listen(
    createHttpServer((request, response) => {
      const page = pages[request.url ?? ''];
      response.writeHead(page === undefined ? 404 : 200).end(JSON.stringify(page ?? {}));
    }),
  );
}

const localstack = { '/_localstack/health': { services: {}, version: '4.14.0' } };
const ministack = { '/_ministack/health': { services: {}, version: '1.5.33' }, ...localstack };

describe('what answers', () => {
  it('is told by its health page', async () => {
    expect(await identifyCloud(await cloudWith(localstack))).toEqual({
      state: 'cloud',
      kind: 'localstack',
      version: '4.14.0',
    });
    expect(await identifyCloud(await cloudWith(ministack))).toEqual({
      state: 'cloud',
      kind: 'ministack',
      version: '1.5.33',
    });
  });

  it('is nothing where nobody listens', async () => {
    expect(await identifyCloud(`http://127.0.0.1:${await freePort()}`)).toEqual({ state: 'nothing' });
  });

  it('is no cloud where another program answers, answers in another language, or not at all', async () => {
    const website = await cloudWith({ '/': 'hello' });
    const mailServer = await listen(createServer((socket) => socket.end('220 mail ready\r\n')));
    const mute = await listen(createServer());

    expect(await identifyCloud(website)).toMatchObject({
      state: 'other',
      why: expect.stringContaining('neither LocalStack'),
    });
    expect(await identifyCloud(mailServer)).toMatchObject({ state: 'other', why: expect.stringContaining('HTTP') });
    expect(await identifyCloud(mute, 100)).toMatchObject({
      state: 'other',
      why: expect.stringContaining('did not answer'),
    });
  });
});

describe('up', () => {
  it('uses a cloud that is there', async () => {
    const endpoint = await cloudWith(localstack);

    const cloud = await ensureCloud({ endpoint }, {});

    expect(cloud).toEqual({ endpoint, kind: 'localstack', version: '4.14.0', startedNow: false });
  });

  it.each([
    [
      'a port that another program holds',
      async () => ({ KINTSUGI_PORT: new URL(await cloudWith({})).port }),
      /is taken: .*KINTSUGI_PORT=/,
    ],
    [
      'a named endpoint where nothing answers',
      async () => ({ AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}` }),
      /Nothing answers at .*: start that cloud/,
    ],
    [
      'LocalStack wished for and absent',
      async () => ({ KINTSUGI_CLOUD: 'localstack', KINTSUGI_PORT: String(await freePort()) }),
      /docker compose up -d/,
    ],
    [
      'the other cloud in the way',
      async () => ({ KINTSUGI_CLOUD: 'localstack', AWS_ENDPOINT_URL: await cloudWith(ministack) }),
      /is MiniStack: stop it with `npm run down`/,
    ],
    ['a cloud that does not exist', async () => ({ KINTSUGI_CLOUD: 'azure' }), /may be localstack or ministack/],
  ])('says in one line what to do about %s', async (_, environment, line) => {
    await expect(ensureCloud({}, await environment())).rejects.toThrow(line);
  });
});
