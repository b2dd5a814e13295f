import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBedrockModel } from '../../../../lambdas/adapters/llm/bedrock-model.ts';
import { geminiSchema } from '../../../../lambdas/adapters/llm/gemini-schema.ts';
import { createModelChain } from '../../../../lambdas/adapters/llm/model-chain.ts';
import { type ChosenProvider, chooseModels } from '../../../../lambdas/contract/model-settings.ts';
import { diagnosticSchema } from '../../../../lambdas/domain/reasoning/failure/diagnostic-prompt.ts';
import { ModelCallError } from '../../../../lambdas/domain/reasoning/model-call-error.ts';
import { replySchemas } from '../../../../lambdas/domain/reasoning/validate-reply.ts';
import type { LanguageModel, ModelRequest } from '../../../../lambdas/ports/language-model.ts';
import { readModelFile } from '../../../../lib/read-model-file.ts';
import { aBundle, anIncident } from '../../../support/response-examples.ts';

const bodies: unknown[] = [];
/** Keeps what it is asked and has no answer. */
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  request.on('end', () => {
    bodies.push(JSON.parse(text));
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"no answer"}}');
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const request: ModelRequest = {
  purpose: 'diagnose',
  brief: { bundle: aBundle([]), incident: anIncident(), ruledOut: [], diagnosis: null },
  prompt: { system: 'the rules', user: 'the question' },
  replySchema: replySchemas.diagnose,
  strictJson: false,
  maximumOutputTokens: 700,
};

/** What a provider sends for a request. */
const sent = async (name: string, change: Partial<ModelRequest> = {}, settings: Partial<ChosenProvider> = {}) => {
  const chosen = chooseModels(name, readModelFile(), url);
  const providers = chosen.providers.map((provider) => ({ ...provider, ...settings }));
  const [model] = createModelChain({ ...chosen, providers }, async () => 'none')('diagnose');
  await expectNoReply(model, { ...request, ...change });
  return bodies.at(-1);
};
const expectNoReply = async (model: LanguageModel, asked: ModelRequest): Promise<void> => {
  await expect(model.ask(asked)).rejects.toBeInstanceOf(ModelCallError);
};

describe('what is sent', () => {
  it('asks Gemini for JSON where only words tell the shape, once a reply was none', async () => {
    const said = (body: unknown) => JSON.stringify(body).includes('application/json');
    expect(said(await sent('gemini', {}, { structure: 'words' }))).toBe(false);
    expect(said(await sent('gemini', { strictJson: true }, { structure: 'words' }))).toBe(true);
  });

  it('has the fixed part first, the limit of the reply and the schema, in the words of OpenAI', async () => {
    expect(await sent('openai')).toMatchObject({
      model: 'gpt-4.1-mini',
      messages: [
        { role: 'system', content: 'the rules' },
        { role: 'user', content: 'the question' },
      ],
      max_completion_tokens: 700,
      temperature: 0,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'diagnose', schema: { properties: { hypotheses: {} } } },
      },
    });
  });

  it('asks for any JSON where schemas are not known, and for nothing where not even that is, unless it must', async () => {
    expect(await sent('openai:groq')).toMatchObject({ max_tokens: 700, response_format: { type: 'json_object' } });
    expect(await sent('openai:nvidia')).not.toHaveProperty('response_format');
    const strict = await sent('openai:nvidia', { strictJson: true });
    expect(strict).toMatchObject({ response_format: { type: 'json_object' } });
    expect(JSON.stringify(strict)).toContain('must begin with {');
  });

  it('leaves the temperature out for models that refuse it', async () => {
    expect(await sent('openai', {}, { temperature: false })).not.toHaveProperty('temperature');
  });

  it('has a schema for Gemini where its language can say it', async () => {
    expect(await sent('gemini')).toMatchObject({
      systemInstruction: { parts: [{ text: 'the rules' }] },
      generationConfig: {
        maxOutputTokens: 700,
        responseMimeType: 'application/json',
        responseSchema: { type: 'object', required: ['hypotheses', 'assumptions'] },
      },
    });
    const plan = await sent('gemini', { replySchema: replySchemas.plan });
    expect(plan).toMatchObject({ generationConfig: { responseMimeType: 'application/json' } });
    expect(plan).not.toHaveProperty('generationConfig.responseSchema');
  });

  it('has for Bedrock a tool that must be used, and a mark up to where the prompt is cached', async () => {
    const seen: string[] = [];
    const model = createBedrockModel({
      provider: 'bedrock',
      model: 'm-1',
      price: { input: 0, cachedInput: 0, output: 0 },
      timeoutMilliseconds: 5000,
      structure: 'schema',
      cachePoint: true,
      client: {
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        requestHandler: {
          handle: async ({ body }: { readonly body?: unknown }) => {
            seen.push(body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body));
            throw new Error('no answer');
          },
        },
      },
    });
    const marked = { ...request.prompt, system: 'the rules\n\nthe mark', fixedCharacters: 'the rules'.length };
    await expectNoReply(model, { ...request, prompt: marked });
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({
      system: [{ text: 'the rules' }, { cachePoint: { type: 'default' } }, { text: 'the mark' }],
      messages: [{ role: 'user', content: [{ text: 'the question' }] }],
      inferenceConfig: { maxTokens: 700, temperature: 0 },
      toolConfig: {
        tools: [{ toolSpec: { name: 'reply', inputSchema: { json: { properties: { hypotheses: {} } } } } }],
        toolChoice: { tool: { name: 'reply' } },
      },
    });
  });
});

describe('the schema language of Gemini', () => {
  it('says objects, lists, words and numbers, and cannot say a record with free keys or a choice of shapes', () => {
    const schema = (type: z.ZodType) => geminiSchema(z.toJSONSchema(type));
    expect(schema(z.object({ a: z.enum(['x', 'y']), b: z.array(z.number()).max(3), c: z.int().optional() }))).toEqual({
      type: 'object',
      properties: {
        a: { type: 'string', format: 'enum', enum: ['x', 'y'] },
        b: { type: 'array', items: { type: 'number' }, maxItems: 3 },
        c: { type: 'integer' },
      },
      required: ['a', 'b'],
    });
    expect(schema(z.object({ a: z.record(z.string(), z.string()) }))).toBeNull();
    expect(schema(z.object({ a: z.union([z.string(), z.number()]) }))).toBeNull();
  });

  it('says what may be null, so that the diagnostic is asked for by its schema', () => {
    const schema = (type: z.ZodType) => geminiSchema(z.toJSONSchema(type));
    expect(schema(z.int().nullable().describe('how many'))).toEqual({
      type: 'integer',
      description: 'how many',
      nullable: true,
    });
    expect(schema(z.record(z.string(), z.string()).nullable())).toBeNull();
    expect(geminiSchema(diagnosticSchema)).toMatchObject({
      properties: { changes: { properties: { maximumEvidence: { type: 'integer', nullable: true } } } },
    });
  });
});
