import {
  type GenerateContentResult,
  GoogleGenerativeAI,
  GoogleGenerativeAIAbortError,
  GoogleGenerativeAIFetchError,
  GoogleGenerativeAIResponseError,
} from '@google/generative-ai';
import { z } from 'zod';
import { costOf } from '../../domain/limits/limits.ts';
import { ModelCallError, type ModelErrorClass } from '../../domain/reasoning/model-call-error.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { geminiSchema } from './gemini-schema.ts';
import { classOfStatus } from './http-error-class.ts';
import { type ProviderSettings, strictWords, timeLimit, withoutSecret } from './provider-settings.ts';

export type GeminiSettings = ProviderSettings & {
  /** Never logged, never part of an error. */
  readonly apiKey: string;
};

/**
 * Gemini in JSON mode, with the reply's schema where the API's own language can say it; a plan's parameters
 * are a free record, which it cannot. The maker of the package ended its support in 2025: this file is all
 * that knows it, and `openai:gemini` reaches the same models without it.
 */
export const createGeminiModel = (settings: GeminiSettings): LanguageModel => {
  const client = new GoogleGenerativeAI(settings.apiKey);
  return {
    provider: settings.provider,
    model: settings.model,
    async ask(request) {
      const model = client.getGenerativeModel(parametersOf(settings, request), {
        timeout: timeLimit(settings, request),
        ...(settings.baseUrl === undefined ? {} : { baseUrl: settings.baseUrl.replace(/\/+$/, '') }),
      });
      try {
        const words = request.strictJson ? strictWords : '';
        return replyOf(await model.generateContent(request.prompt.user + words), settings);
      } catch (cause) {
        if (cause instanceof ModelCallError) throw cause;
        const message = cause instanceof Error ? cause.message : String(cause);
        throw new ModelCallError(`${settings.provider} gave no reply: ${withoutSecret(message, settings.apiKey)}`, {
          errorClass: classOf(cause),
          retryAfterSeconds: retryDelayOf(cause),
          cause,
        });
      }
    },
  };
};

const parametersOf = (settings: GeminiSettings, request: ModelRequest) => {
  const { prompt, replySchema, maximumOutputTokens, strictJson } = request;
  const schema = settings.structure === 'schema' ? geminiSchema(replySchema) : null;
  return {
    model: settings.model,
    systemInstruction: prompt.system,
    generationConfig: {
      temperature: 0,
      maxOutputTokens: maximumOutputTokens,
      ...(settings.structure === 'words' && !strictJson ? {} : { responseMimeType: 'application/json' }),
      ...(schema === null ? {} : { responseSchema: schema }),
    },
  };
};

const replyOf = ({ response }: GenerateContentResult, { provider, price }: GeminiSettings): ModelReply => {
  const usage = response.usageMetadata;
  const inputTokens = usage?.promptTokenCount ?? 0;
  const tokens = {
    inputTokens,
    cachedInputTokens: usage?.cachedContentTokenCount ?? 0,
    // Tokens spent on thinking are billed as output but missing from the candidates' count.
    outputTokens: Math.max(usage?.candidatesTokenCount ?? 0, (usage?.totalTokenCount ?? 0) - inputTokens),
  };
  const text = response.text();
  if (text.trim() === '') throw new ModelCallError(`${provider} gave an empty reply`, { errorClass: 'empty' });
  return { text, ...tokens, costDollars: costOf(price, tokens) };
};

const classOf = (cause: unknown): ModelErrorClass => {
  if (cause instanceof GoogleGenerativeAIAbortError) return 'timeout';
  if (cause instanceof GoogleGenerativeAIResponseError) return 'blocked';
  if (cause instanceof GoogleGenerativeAIFetchError) {
    // A key that is no key at all is answered with 400.
    if (cause.status === 400 && /api[ _]key/i.test(cause.message)) return 'authentication';
    return classOfStatus(cause.status ?? 500);
  }
  if (cause instanceof Error && cause.name === 'AbortError') return 'timeout';
  return cause instanceof SyntaxError ? 'serverError' : 'connection';
};

const retryInfoSchema = z.object({ retryDelay: z.string().regex(/^\d+(\.\d+)?s$/) });

/** The package keeps no header of a response, but the API says in its body how long to wait. */
const retryDelayOf = (cause: unknown): number | null => {
  if (!(cause instanceof GoogleGenerativeAIFetchError)) return null;
  for (const detail of cause.errorDetails ?? []) {
    const info = retryInfoSchema.safeParse(detail);
    if (info.success) return Number.parseFloat(info.data.retryDelay);
  }
  return null;
};
