import type { CommonEnvironment } from '../../contract/environment.ts';
import { ModelCallError } from '../../domain/reasoning/model-call-error.ts';
import type { LanguageModel } from '../../ports.ts';
import { createBuiltinModel } from './builtin-model.ts';
import { createGeminiModel } from './gemini-model.ts';

const timeoutMilliseconds = 40_000;

/**
 * The model that the settings name. Its key is read with the first question; a
 * key that cannot be read is a call that failed, so that the built-in reasoner
 * answers and the row says why.
 */
export function configuredModel(
  settings: CommonEnvironment,
  readSecret: (parameter: string) => Promise<string>,
): LanguageModel {
  if (settings.KINTSUGI_MODEL_PROVIDER === 'builtin') return createBuiltinModel();
  const { KINTSUGI_GEMINI_MODEL: model, KINTSUGI_GEMINI_BASE_URL: baseUrl } = settings;
  let gemini: LanguageModel | null = null;
  return {
    provider: 'gemini',
    model,
    ask: async (request) => {
      gemini ??= createGeminiModel({
        apiKey: await readKey(settings, readSecret),
        model,
        timeoutMilliseconds,
        ...(baseUrl === undefined ? {} : { baseUrl }),
      });
      return gemini.ask(request);
    },
  };
}

async function readKey(settings: CommonEnvironment, readSecret: (parameter: string) => Promise<string>) {
  const { GEMINI_API_KEY: key, KINTSUGI_GEMINI_KEY_PARAMETER: parameter } = settings;
  if (key !== undefined) return key;
  if (parameter === undefined) throw new ModelCallError('gemini has no key', { errorClass: 'authentication' });
  try {
    return await readSecret(parameter);
  } catch (cause) {
    throw new ModelCallError(`the key of gemini cannot be read from ${parameter}`, {
      errorClass: 'authentication',
      cause,
    });
  }
}
