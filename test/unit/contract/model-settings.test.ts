import { describe, expect, it } from 'vitest';
import { chooseModels, modelFileSchema, priceOf } from '../../../lambdas/contract/model-settings.ts';
import { costOf } from '../../../lambdas/domain/limits/limits.ts';
import { readModelFile } from '../../../lib/read-model-file.ts';

const file = readModelFile();

describe('the price of a model', () => {
  it('goes by the longest listed name that its own begins with', () => {
    expect(priceOf('gemini-2.5-flash-lite-preview-09-2025', file.prices).output).toBe(0.4);
    expect(priceOf('gemini-2.5-flash', file.prices).output).toBe(2.5);
    expect(priceOf('us.amazon.nova-lite-v1:0', file.prices).input).toBe(0.06);
  });

  it('is that of the dearest for a model that is not listed', () => {
    const dearest = Math.max(...file.prices.map(({ output }) => output));
    expect(priceOf('something-new', file.prices).output).toBe(dearest);
    // Another model whose name goes on from a listed one, and no version of it.
    expect(priceOf('gpt-5-pro', file.prices).output).toBe(dearest);
  });

  it.each(['gpt-5-32k', 'gemini-2.5-flash-preview-tts', 'amazon.nova-lite-2-vision'])(
    'is not that of a model whose name %s only begins like a version of',
    (model) => {
      expect(priceOf(model, file.prices).output).toBe(Math.max(...file.prices.map(({ output }) => output)));
    },
  );

  it.each([
    ['gpt-5-2025-08-07', 10],
    ['gpt-4.1-mini-2025-04-14', 1.6],
    ['gemini-2.5-pro-exp-03-25', 10],
    ['claude-sonnet-4-5@20250929', 15],
    ['claude-haiku-4-5-latest', 5],
  ])('is that of the model for its version %s', (model, output) => {
    expect(priceOf(model, file.prices).output).toBe(output);
  });

  it.each(['us', 'us-gov', 'eu', 'jp', 'global'])(
    'is that of the model behind an inference profile of %s',
    (region) => {
      expect(priceOf(`${region}.amazon.nova-lite-v1:0`, file.prices).input).toBe(0.06);
    },
  );

  it('is never nothing for want of a list', () => {
    expect(modelFileSchema.safeParse({ ...file, prices: [] }).success).toBe(false);
    const free = file.prices.map((price) => ({ ...price, input: 0, cachedInput: 0, output: 0 }));
    expect(modelFileSchema.safeParse({ ...file, prices: free }).success).toBe(false);
  });

  it('counts cached input at its own price', () => {
    const tokens = { inputTokens: 1_000_000, cachedInputTokens: 400_000, outputTokens: 100_000 };
    expect(costOf({ input: 2, cachedInput: 0.5, output: 8 }, tokens)).toBeCloseTo(1.2 + 0.2 + 0.8);
  });
});

describe('the file of models', () => {
  it.each(['localhost:8000/v1', 'ftp://models.example', 'mailto:a@example.com'])(
    'refuses the address %s',
    (baseUrl) => {
      const [name, provider] = Object.entries(file.providers)[0] ?? [];
      const changed = { ...file, providers: { [name ?? '']: { ...provider, baseUrl } } };
      expect(modelFileSchema.safeParse(changed).error?.issues[0]?.path.at(-1)).toBe('baseUrl');
    },
  );
});

describe('the choice of models', () => {
  it('keeps the order of the chain and leaves the built-in reasoner out', () => {
    const { providers } = chooseModels(' openai:groq ,gemini, builtin', file);
    expect(providers.map(({ name, keyed }) => [name, keyed])).toEqual([
      ['openai:groq', true],
      ['gemini', true],
    ]);
  });

  it('has a price for each model that it names, none for what is free', () => {
    for (const name of Object.keys(file.providers)) {
      const [provider] = chooseModels(name, file).providers;
      for (const model of Object.values(provider?.models ?? {})) {
        const price = provider?.prices[model];
        expect(price?.output === 0).toBe(file.providers[name]?.free);
      }
    }
  });

  it.each(['odd', 'constructor', 'toString'])('refuses the unknown provider %s in one line', (name) => {
    expect(() => chooseModels(`${name}, builtin`, file)).toThrow(`there is no provider '${name}'; known: gemini`);
  });

  it('fits a chain of four providers into the environment of a function', () => {
    const settings = chooseModels('gemini, openai:groq, openai, bedrock, builtin', file);
    expect(JSON.stringify(settings).length).toBeLessThan(3000);
  });

  it('refuses a file with a field that it does not know', () => {
    expect(modelFileSchema.safeParse({ ...file, budget: {} }).success).toBe(false);
    const gemini = { ...file.providers['gemini'], models: { diagnose: 'x' } };
    expect(modelFileSchema.safeParse({ ...file, providers: { gemini } }).success).toBe(false);
  });
});
