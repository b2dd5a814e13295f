import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createModelChain } from '../../../../lambdas/adapters/llm/model-chain.ts';
import { chooseModels } from '../../../../lambdas/contract/model-settings.ts';
import { ModelCallError } from '../../../../lambdas/domain/reasoning/model-call-error.ts';
import { readModelFile } from '../../../../lib/read-model-file.ts';
import { aBundle, anIncident } from '../../../support/response-examples.ts';

const key = 'a-key-that-must-not-show';
/** Repeats in its error what it was sent, as some providers do with a key that is wrong. */
const server = createServer((request, response) => {
  const sent = request.headers['x-goog-api-key'] ?? request.headers.authorization;
  response.writeHead(401, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message: `refused: ${sent}`, code: 'invalid_api_key' } }));
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe.each(['gemini', 'openai'])('the key of %s', (name) => {
  it('is sent, and is in no message though the provider repeats it', async () => {
    const settings = chooseModels(name, readModelFile(), url);
    const providers = settings.providers.map((provider) => ({ ...provider, keyed: true }));
    const [model] = createModelChain({ ...settings, providers }, async () => key)('diagnose');
    const failure: unknown = await model
      .ask({
        purpose: 'diagnose',
        brief: { bundle: aBundle([]), incident: anIncident(), ruledOut: [], diagnosis: null },
        prompt: { system: 'rules', user: 'question' },
        replySchema: {},
        strictJson: false,
        maximumOutputTokens: 100,
      })
      .catch((error: unknown) => error);
    if (!(failure instanceof ModelCallError)) throw new Error('no ModelCallError');
    expect(failure.errorClass).toBe('authentication');
    expect(failure.message).toContain('<key>');
    expect(failure.message).not.toContain(key);
  });
});
