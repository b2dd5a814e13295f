import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createGeminiModel } from '../../../../lambdas/adapters/llm/gemini-model.ts';
import { ModelCallError } from '../../../../lambdas/domain/reasoning/model-call-error.ts';
import { aBundle, anIncident } from '../../../support/response-examples.ts';

const apiKey = 'a-secret-that-must-not-show';
let server: Server | undefined;

type Seen = { readonly path: string; readonly key: string | undefined; readonly body: unknown };

/** A server that speaks the API's own protocol on a port of its own. */
const serve = async (respond: (response: ServerResponse, request: IncomingMessage) => void) => {
  const seen: Seen[] = [];
  const listening = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const key = request.headers['x-goog-api-key'];
      seen.push({ path: request.url ?? '', key: Array.isArray(key) ? key[0] : key, body: JSON.parse(body) });
      respond(response, request);
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(listening.address());
  return { seen, baseUrl: `http://127.0.0.1:${port}/` };
};

afterEach(async () => {
  const listening = server;
  server = undefined;
  listening?.closeAllConnections();
  await new Promise<void>((resolve) => (listening === undefined ? resolve() : listening.close(() => resolve())));
});

const json = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const request = {
  purpose: 'diagnose' as const,
  brief: { bundle: aBundle([]), incident: anIncident(), ruledOut: [], diagnosis: null },
  prompt: { system: 'the rules', user: 'the evidence' },
  replySchema: {},
  strictJson: false,
  maximumOutputTokens: 8192,
};

const model = (baseUrl: string, timeoutMilliseconds = 5000) =>
  createGeminiModel({
    provider: 'gemini',
    apiKey,
    model: 'gemini-2.5-flash',
    price: { input: 0.3, cachedInput: 0.075, output: 2.5 },
    structure: 'schema',
    baseUrl,
    timeoutMilliseconds,
  });

describe('the gemini model', () => {
  it('asks in JSON mode under its own base address, and accounts for tokens and cost', async () => {
    const { seen, baseUrl } = await serve((response) =>
      json(response, 200, {
        candidates: [
          { content: { role: 'model', parts: [{ text: '{"fine":true}' }] }, finishReason: 'STOP', index: 0 },
        ],
        usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 50, totalTokenCount: 1200 },
      }),
    );
    const reply = await model(baseUrl).ask(request);
    expect(reply).toEqual({
      text: '{"fine":true}',
      inputTokens: 1000,
      cachedInputTokens: 0,
      outputTokens: 200,
      costDollars: expect.closeTo(0.0008),
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      path: '/v1beta/models/gemini-2.5-flash:generateContent',
      key: apiKey,
      body: {
        contents: [{ role: 'user', parts: [{ text: 'the evidence' }] }],
        systemInstruction: { parts: [{ text: 'the rules' }] },
        generationConfig: { responseMimeType: 'application/json', temperature: 0 },
      },
    });
  });

  const failures: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['an error of the server', (response) => json(response, 500, { error: { message: `broken ${apiKey}` } })],
    ['a refused key', (response) => json(response, 403, { error: { message: `key ${apiKey} is not valid` } })],
    ['a limit of the rate', (response) => json(response, 429, { error: { message: 'slow down' } })],
    ['something that is not JSON', (response) => response.end('<html>')],
    ['a blocked prompt', (response) => json(response, 200, { promptFeedback: { blockReason: 'SAFETY' } })],
    ['a dropped connection', (response) => response.destroy()],
  ];

  it.each(failures)('rejects with a ModelCallError that has its cause and not the key: %s', async (_, respond) => {
    const { baseUrl } = await serve(respond);
    const failure: unknown = await model(baseUrl)
      .ask(request)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ModelCallError);
    if (!(failure instanceof ModelCallError)) return;
    expect(failure.cause).toBeInstanceOf(Error);
    expect(failure.message).not.toContain(apiKey);
  });

  it('gives up after its time limit', async () => {
    const { baseUrl } = await serve(() => {});
    const startedAt = performance.now();
    await expect(model(baseUrl, 100).ask(request)).rejects.toBeInstanceOf(ModelCallError);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
