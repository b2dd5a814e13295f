import type { ChosenProvider, ModelSettings } from '../../contract/model-settings.ts';
import type { ModelPurpose } from '../../domain/audit/llm-action.ts';
import { ModelCallError } from '../../domain/reasoning/model-call-error.ts';
import type { LanguageModel, ModelChain } from '../../ports/language-model.ts';
import { createBedrockModel } from './bedrock-model.ts';
import { createBuiltinModel } from './builtin-model.ts';
import { createGeminiModel } from './gemini-model.ts';
import { createOpenAiModel } from './openai-model.ts';
import type { ProviderSettings } from './provider-settings.ts';

/** The key of a provider; rejects when there is none. */
export type ReadKey = (provider: string) => Promise<string>;

/** The models that the settings name, in their order, with the built-in reasoner behind them. */
export const createModelChain = ({ providers }: ModelSettings, readKey: ReadKey): ModelChain => {
  const builtin = createBuiltinModel();
  const keys = new Map(providers.map((provider) => [provider.name, keyOnce(provider, readKey)]));
  const made = new Map<string, LanguageModel>();
  return (purpose) => {
    const remote = providers.map((provider) => {
      const id = `${provider.name} ${provider.models[purpose]}`;
      const model = made.get(id) ?? remoteModel(provider, purpose, keys.get(provider.name) ?? noKey);
      made.set(id, model);
      return model;
    });
    const [first, ...others] = [...remote, builtin];
    return [first ?? builtin, ...others];
  };
};

const noKey = async (): Promise<string> => 'none';

/** Reads a key with the first question that needs it, and once: what failed is tried again by the next. */
const keyOnce = ({ name, keyed }: ChosenProvider, readKey: ReadKey): (() => Promise<string>) => {
  if (!keyed) return noKey;
  let key: string | null = null;
  return async () => {
    key ??= await readKey(name);
    return key;
  };
};

/** A key that cannot be read is a call that failed, so that the next of the chain answers and the row says why. */
const remoteModel = (provider: ChosenProvider, purpose: ModelPurpose, key: () => Promise<string>): LanguageModel => {
  const model = provider.models[purpose];
  let client: LanguageModel | null = null;
  return {
    provider: provider.name,
    model,
    ask: async (request) => {
      client ??= clientOf(provider, model, await readable(provider.name, key));
      return client.ask(request);
    },
  };
};

const readable = async (name: string, key: () => Promise<string>): Promise<string> => {
  try {
    return await key();
  } catch (cause) {
    throw new ModelCallError(`the key of ${name} cannot be read`, { errorClass: 'authentication', cause });
  }
};

const clientOf = (provider: ChosenProvider, model: string, apiKey: string): LanguageModel => {
  const { name, prices, baseUrl, limits, structure, outputLimitField, temperature, cachePoint } = provider;
  const price = prices[model];
  if (price === undefined) throw new Error(`the settings have no price for ${model} of ${name}`);
  const settings: ProviderSettings = {
    provider: name,
    model,
    price,
    baseUrl,
    timeoutMilliseconds: limits.timeoutSeconds * 1000,
    structure,
  };
  if (name === 'gemini') return createGeminiModel({ ...settings, apiKey });
  if (name === 'bedrock') return createBedrockModel({ ...settings, cachePoint });
  return createOpenAiModel({ ...settings, apiKey, outputLimitField, temperature });
};
