import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModelChain } from '../../../../lambdas/adapters/llm/model-chain.ts';
import { chooseModels } from '../../../../lambdas/contract/model-settings.ts';
import { ModelCallError, type ModelErrorClass } from '../../../../lambdas/domain/reasoning/model-call-error.ts';
import { readDiagnosis, replySchemas } from '../../../../lambdas/domain/reasoning/validate-reply.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../../../lambdas/ports/language-model.ts';
import { readModelFile } from '../../../../lib/read-model-file.ts';
import { type FailureKind, failureKindNames } from '../../../../scripts/model-server/failure-kinds.ts';
import { type ModelServer, startModelServer } from '../../../../scripts/model-server/start-model-server.ts';
import { promptExample } from '../../../support/prompt-example.ts';
import { aBundle, aMetric, anIncident } from '../../../support/response-examples.ts';

const bundle = aBundle([
  aMetric({ service: 'middle', role: 'disk', before: 50, now: 94, shape: 'climb' }),
  aMetric({ service: 'middle', role: 'latency', before: 80, now: 200 }),
]);
const brief = { bundle, incident: anIncident(), ruledOut: [], diagnosis: null };
const request: ModelRequest = {
  purpose: 'diagnose',
  brief,
  prompt: promptExample('diagnose', brief),
  replySchema: replySchemas.diagnose,
  strictJson: false,
  maximumOutputTokens: 2000,
};

/** What each kind comes to in an adapter: no reply, of this class, or a reply that is for the validator to find fault with. */
const expected: Record<FailureKind, ModelErrorClass | 'reply'> = {
  'rate-limit': 'rateLimited',
  'server-error': 'serverError',
  unavailable: 'overloaded',
  stall: 'timeout',
  cut: 'connection',
  truncated: 'reply',
  'prose-and-fences': 'reply',
  'wrong-enum': 'reply',
  'missing-field': 'reply',
  'extra-field': 'reply',
  'invented-evidence': 'reply',
  'invented-resource': 'reply',
  nan: 'reply',
  empty: 'empty',
  huge: 'reply',
  'wrong-language': 'reply',
  refusal: 'reply',
  'safety-block': 'blocked',
  obedient: 'reply',
};

let server: ModelServer;
beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
  process.env['AWS_REGION'] ??= 'us-east-1';
  server = await startModelServer();
});
afterAll(() => server.close());

const modelOf = (provider: string, timeoutSeconds = 10): LanguageModel => {
  const settings = chooseModels(provider, readModelFile(), server.url);
  const providers = settings.providers.map((each) => ({ ...each, limits: { ...each.limits, timeoutSeconds } }));
  return createModelChain({ ...settings, providers }, () => Promise.reject(new Error('no key is needed')))(
    'diagnose',
  )[0];
};

const ask = async (model: LanguageModel, change: Partial<ModelRequest> = {}): Promise<ModelReply | ModelCallError> => {
  try {
    return await model.ask({ ...request, ...change });
  } catch (error) {
    if (error instanceof ModelCallError) return error;
    throw error;
  }
};

describe.each(['gemini', 'openai', 'openai:groq', 'openai:nvidia', 'bedrock'])('%s over HTTP', (provider) => {
  it('gives a reply that may be used, with its tokens and its cost', async () => {
    server.change({ failShare: 0 });
    const reply = await ask(modelOf(provider));
    if (reply instanceof ModelCallError) throw reply;
    expect(readDiagnosis(reply.text, bundle)).toHaveProperty('value.hypotheses.0.mechanism', 'unboundedGrowth');
    expect(reply.inputTokens).toBeGreaterThan(500);
    expect(reply.outputTokens).toBeGreaterThan(20);
    expect(reply.costDollars).toBeGreaterThan(0);
  });

  it('finds the fixed part of the prompt in the cache of the provider, and pays less for it', async () => {
    server.change({ failShare: 0 });
    const first = await ask(modelOf(provider), { prompt: { ...request.prompt, user: `${provider} one` } });
    const long = { system: `${provider} ${'rule '.repeat(2000)}`, user: 'the question' };
    const before = await ask(modelOf(provider), { prompt: long });
    const after = await ask(modelOf(provider), { prompt: { ...long, user: 'the other question' } });
    for (const reply of [first, before, after]) if (reply instanceof ModelCallError) throw reply;
    expect(after).toMatchObject({ cachedInputTokens: expect.toSatisfy((count: number) => count > 1024) });
    if (after instanceof ModelCallError || before instanceof ModelCallError) return;
    expect(after.inputTokens).toBeGreaterThan(after.cachedInputTokens);
    if (provider !== 'openai:groq' && provider !== 'openai:nvidia') {
      expect(after.costDollars).toBeLessThan(before.costDollars);
    }
  });

  it.each(failureKindNames)('%s, by one call and no more', async (kind) => {
    server.change({ failShare: 1, kinds: [kind] });
    const before = server.calls.length;
    const outcome = await ask(modelOf(provider, kind === 'stall' ? 0.2 : 10));
    expect(server.calls.slice(before)).toMatchObject([{ failure: kind }]);
    const came = outcome instanceof ModelCallError ? outcome.errorClass : 'reply';
    expect(came).toBe(expected[kind]);
    if (outcome instanceof ModelCallError) {
      expect(outcome.retryAfterSeconds).toBe(kind === 'rate-limit' ? 1 : null);
      expect(outcome.message).toMatch(new RegExp(`^${provider} `));
    }
  });

  it('keeps to the time that the asker has left', async () => {
    server.change({ failShare: 1, kinds: ['stall'] });
    const startedAt = performance.now();
    expect(await ask(modelOf(provider), { timeoutMilliseconds: 150 })).toMatchObject({ errorClass: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  it('says that nobody answers', async () => {
    const gone = await startModelServer();
    await gone.close();
    const settings = chooseModels(provider, readModelFile(), gone.url);
    const [model] = createModelChain(settings, () => Promise.reject(new Error('no key is needed')))('diagnose');
    expect(await ask(model)).toMatchObject({ errorClass: 'connection', retryAfterSeconds: null });
  });
});

describe('a model whose key cannot be read', () => {
  it('is a call that failed for want of authentication, without a call made', async () => {
    const settings = chooseModels('openai:groq, builtin', readModelFile());
    const [groq, builtin] = createModelChain(settings, () => Promise.reject(new Error('no such parameter')))(
      'diagnose',
    );
    const before = server.calls.length;
    expect(await ask(groq)).toMatchObject({ errorClass: 'authentication' });
    expect(server.calls).toHaveLength(before);
    expect(builtin?.provider).toBe('builtin');
  });
});
