import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { costOf } from '../../domain/limits/limits.ts';
import { ModelCallError, type ModelErrorClass } from '../../domain/reasoning/model-call-error.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { classOfStatus } from './http-error-class.ts';
import { type ProviderSettings, strictWords, timeLimit, withoutSecret } from './provider-settings.ts';
import { retryAfterSeconds } from './retry-after.ts';

export type OpenAiSettings = ProviderSettings & {
  /** Never logged, never part of an error. */
  readonly apiKey: string;
  readonly outputLimitField: 'max_tokens' | 'max_completion_tokens';
  readonly temperature: boolean;
};

/** Whatever speaks OpenAI's chat completions: OpenAI itself and the many that took over its protocol. */
export const createOpenAiModel = (settings: OpenAiSettings): LanguageModel => {
  const client = new OpenAI({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl ?? 'https://api.openai.com/v1',
    // What is tried again, and when, is decided where every call is accounted for.
    maxRetries: 0,
    timeout: settings.timeoutMilliseconds,
    organization: null,
    project: null,
    logLevel: 'off',
  });
  return {
    provider: settings.provider,
    model: settings.model,
    async ask(request) {
      // The client's own limit ends with the head of a response; this one goes on to the end of the body.
      const signal = AbortSignal.timeout(timeLimit(settings, request));
      try {
        const completion: unknown = await client.chat.completions.create(parametersOf(settings, request), { signal });
        return replyOf(completion, settings);
      } catch (cause) {
        if (cause instanceof ModelCallError) throw cause;
        const message = cause instanceof Error ? cause.message : String(cause);
        throw new ModelCallError(`${settings.provider} gave no reply: ${withoutSecret(message, settings.apiKey)}`, {
          errorClass: signal.aborted ? 'timeout' : classOf(cause),
          retryAfterSeconds:
            cause instanceof APIError ? retryAfterSeconds(cause.headers?.get('retry-after'), Date.now()) : null,
          cause,
        });
      }
    },
  };
};

const parametersOf = (
  { model, structure, outputLimitField, temperature }: OpenAiSettings,
  { purpose, prompt, replySchema, strictJson, maximumOutputTokens }: ModelRequest,
): ChatCompletionCreateParamsNonStreaming => ({
  model,
  messages: [
    { role: 'system', content: prompt.system },
    { role: 'user', content: strictJson ? prompt.user + strictWords : prompt.user },
  ],
  [outputLimitField]: maximumOutputTokens,
  ...(temperature ? { temperature: 0 } : {}),
  ...formatOf(strictJson && structure === 'words' ? 'object' : structure, purpose, replySchema),
});

const formatOf = (
  structure: OpenAiSettings['structure'],
  purpose: string,
  replySchema: ModelRequest['replySchema'],
): Pick<ChatCompletionCreateParamsNonStreaming, 'response_format'> => {
  switch (structure) {
    case 'words':
      return {};
    case 'object':
      return { response_format: { type: 'json_object' } };
    case 'schema':
      return {
        response_format: {
          type: 'json_schema',
          // Strict schemas allow no record with free keys, which a plan's parameters are.
          json_schema: { name: purpose, schema: { ...replySchema }, strict: false },
        },
      };
  }
};

const completionSchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      finish_reason: z.string().nullish(),
      message: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: z
    .looseObject({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.looseObject({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
});

const replyOf = (completion: unknown, { provider, price }: OpenAiSettings): ModelReply => {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) {
    throw new ModelCallError(`${provider} answered with something that is no completion`, {
      errorClass: 'serverError',
      cause: parsed.error,
    });
  }
  const { choices, usage } = parsed.data;
  const [choice] = choices;
  if (choice?.finish_reason === 'content_filter') {
    throw new ModelCallError(`${provider} held its reply back: content_filter`, { errorClass: 'blocked' });
  }
  const text = choice?.message.content || choice?.message.refusal || '';
  if (text.trim() === '') throw new ModelCallError(`${provider} gave an empty reply`, { errorClass: 'empty' });
  const tokens = {
    inputTokens: usage?.prompt_tokens ?? 0,
    cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    outputTokens: usage?.completion_tokens ?? 0,
  };
  return { text, ...tokens, costDollars: costOf(price, tokens) };
};

const classOf = (cause: unknown): ModelErrorClass => {
  if (cause instanceof APIConnectionTimeoutError || cause instanceof APIUserAbortError) return 'timeout';
  if (cause instanceof APIConnectionError) return 'connection';
  if (cause instanceof APIError && typeof cause.status === 'number') {
    return cause.code === 'content_filter' ? 'blocked' : classOfStatus(cause.status);
  }
  return cause instanceof SyntaxError ? 'serverError' : 'connection';
};
