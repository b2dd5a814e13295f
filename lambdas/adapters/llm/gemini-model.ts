import {
  GoogleGenerativeAI,
  GoogleGenerativeAIAbortError,
  GoogleGenerativeAIFetchError,
  GoogleGenerativeAIResponseError,
} from '@google/generative-ai';
import { ModelCallError, type ModelErrorClass } from '../../domain/reasoning/model-call-error.ts';
import type { LanguageModel, ModelRequest } from '../../ports.ts';
import { costDollars } from './gemini-prices.ts';
import { classOfStatus } from './http-error-class.ts';

export type GeminiSettings = {
  /** Never logged, never part of an error. */
  readonly apiKey: string;
  readonly model: string;
  /** Another address of the same API. */
  readonly baseUrl?: string;
  /** How long one call may take. */
  readonly timeoutMilliseconds: number;
};

/**
 * Gemini in JSON mode. The reply's schema is part of the prompt and not of the call: a plan's
 * parameters are a free record, which the API's own schema language cannot say.
 */
export const createGeminiModel = (settings: GeminiSettings): LanguageModel => {
  const client = new GoogleGenerativeAI(settings.apiKey);
  return {
    provider: 'gemini',
    model: settings.model,
    async ask({ prompt, maximumOutputTokens, timeoutMilliseconds }: ModelRequest) {
      const model = client.getGenerativeModel(
        {
          model: settings.model,
          systemInstruction: prompt.system,
          generationConfig: {
            responseMimeType: 'application/json',
            temperature: 0,
            maxOutputTokens: maximumOutputTokens,
          },
        },
        {
          timeout: Math.min(settings.timeoutMilliseconds, timeoutMilliseconds ?? settings.timeoutMilliseconds),
          ...(settings.baseUrl === undefined ? {} : { baseUrl: settings.baseUrl.replace(/\/+$/, '') }),
        },
      );
      try {
        const { response } = await model.generateContent(prompt.user);
        const usage = response.usageMetadata;
        const inputTokens = usage?.promptTokenCount ?? 0;
        // Tokens spent on thinking are billed as output but missing from the candidates' count.
        const outputTokens = Math.max(usage?.candidatesTokenCount ?? 0, (usage?.totalTokenCount ?? 0) - inputTokens);
        return {
          text: response.text(),
          inputTokens,
          cachedInputTokens: usage?.cachedContentTokenCount ?? 0,
          outputTokens,
          costDollars: costDollars(settings.model, inputTokens, outputTokens),
        };
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        throw new ModelCallError(`gemini gave no reply: ${withoutSecret(message, settings.apiKey)}`, {
          errorClass: classOf(cause),
          cause,
        });
      }
    },
  };
};

const classOf = (cause: unknown): ModelErrorClass => {
  if (cause instanceof GoogleGenerativeAIAbortError) return 'timeout';
  if (cause instanceof GoogleGenerativeAIFetchError) return classOfStatus(cause.status ?? 500);
  if (cause instanceof GoogleGenerativeAIResponseError) return 'blocked';
  return cause instanceof SyntaxError ? 'serverError' : 'connection';
};

const withoutSecret = (message: string, secret: string): string => message.replaceAll(secret, '<key>').slice(0, 500);
