import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  BedrockRuntimeServiceException,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import { costOf } from '../../domain/limits/limits.ts';
import { ModelCallError, type ModelErrorClass } from '../../domain/reasoning/model-call-error.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../ports/language-model.ts';
import { classOfStatus } from './http-error-class.ts';
import { type ProviderSettings, strictWords, timeLimit, withoutSecret } from './provider-settings.ts';
import { retryAfterSeconds } from './retry-after.ts';

export type BedrockSettings = ProviderSettings & {
  readonly cachePoint: boolean;
  /** What the client is made with where that is not the function's own. */
  readonly client?: Pick<BedrockRuntimeClientConfig, 'region' | 'credentials' | 'requestHandler'>;
};

/** Models on Bedrock by Converse. There is no key: the function's role may invoke them. */
export const createBedrockModel = (settings: BedrockSettings): LanguageModel => {
  const client = new BedrockRuntimeClient({
    ...settings.client,
    ...(settings.baseUrl === undefined ? {} : { endpoint: settings.baseUrl }),
    // What is tried again, and when, is decided where every call is accounted for.
    maxAttempts: 1,
  });
  return {
    provider: settings.provider,
    model: settings.model,
    async ask(request) {
      const abortSignal = AbortSignal.timeout(timeLimit(settings, request));
      try {
        return replyOf(await client.send(new ConverseCommand(inputOf(settings, request)), { abortSignal }), settings);
      } catch (cause) {
        if (cause instanceof ModelCallError) throw cause;
        const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
        throw new ModelCallError(`${settings.provider} gave no reply: ${withoutSecret(message, '')}`, {
          errorClass: abortSignal.aborted ? 'timeout' : classOf(cause),
          retryAfterSeconds: retryAfterOf(cause),
          cause,
        });
      }
    },
  };
};

const toolName = 'reply';

const inputOf = (
  { model, structure, cachePoint }: BedrockSettings,
  { prompt, replySchema, strictJson, maximumOutputTokens }: ModelRequest,
): ConverseCommandInput => ({
  modelId: model,
  system: cachePoint ? cachedSystem(prompt) : [{ text: prompt.system }],
  messages: [{ role: 'user', content: [{ text: strictJson ? prompt.user + strictWords : prompt.user }] }],
  inferenceConfig: { maxTokens: maximumOutputTokens, temperature: 0 },
  ...(structure === 'schema' ? toolOf(replySchema) : {}),
});

/** What is the same in every question stands before the cache point, the rest behind it: a mark in front would make each prompt another. */
const cachedSystem = ({
  system,
  fixedCharacters = system.length,
}: ModelRequest['prompt']): ConverseCommandInput['system'] => {
  const rest = system.slice(fixedCharacters).trim();
  return [
    { text: system.slice(0, fixedCharacters) },
    { cachePoint: { type: 'default' } },
    ...(rest === '' ? [] : [{ text: rest }]),
  ];
};

/** Converse takes a schema as that of a tool's input; the model has no choice but to use this one tool. */
const toolOf = ({
  $schema: _,
  ...replySchema
}: ModelRequest['replySchema']): Pick<ConverseCommandInput, 'toolConfig'> => ({
  toolConfig: {
    tools: [
      {
        toolSpec: {
          name: toolName,
          description: 'Takes the reply.',
          inputSchema: { json: documentSchema.parse(replySchema) },
        },
      },
    ],
    toolChoice: { tool: { name: toolName } },
  },
});

/** What the SDK takes as a document: JSON and nothing else. */
const documentSchema = z.json();

const replyOf = (output: ConverseCommandOutput, { provider, price }: BedrockSettings): ModelReply => {
  const { stopReason, usage } = output;
  if (stopReason === 'guardrail_intervened' || stopReason === 'content_filtered') {
    throw new ModelCallError(`${provider} held its reply back: ${stopReason}`, { errorClass: 'blocked' });
  }
  const blocks = output.output?.message?.content ?? [];
  const used = blocks.find(({ toolUse }) => toolUse?.input !== undefined)?.toolUse?.input;
  const text = used === undefined ? blocks.map((block) => block.text ?? '').join('') : JSON.stringify(used);
  if (text.trim() === '') throw new ModelCallError(`${provider} gave an empty reply`, { errorClass: 'empty' });
  const cachedInputTokens = usage?.cacheReadInputTokens ?? 0;
  const tokens = {
    // Converse counts what was read from and written to its cache apart.
    inputTokens: (usage?.inputTokens ?? 0) + cachedInputTokens + (usage?.cacheWriteInputTokens ?? 0),
    cachedInputTokens,
    outputTokens: usage?.outputTokens ?? 0,
  };
  return { text, ...tokens, costDollars: costOf(price, tokens) };
};

const classOf = (cause: unknown): ModelErrorClass => {
  // HTTP/2 does not tell a body that was cut off from one that ended; the JSON in it does.
  if (cause instanceof SyntaxError)
    return /end of JSON|Unterminated/i.test(cause.message) ? 'connection' : 'serverError';
  if (!(cause instanceof BedrockRuntimeServiceException)) {
    const name = cause instanceof Error ? cause.name : '';
    if (name === 'CredentialsProviderError') return 'authentication';
    return name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'connection';
  }
  switch (cause.name) {
    case 'ThrottlingException':
    case 'ServiceQuotaExceededException':
      return 'rateLimited';
    case 'ServiceUnavailableException':
    case 'ModelNotReadyException':
      return 'overloaded';
    case 'ModelTimeoutException':
      return 'timeout';
    case 'AccessDeniedException':
    case 'UnrecognizedClientException':
    case 'ExpiredTokenException':
      return 'authentication';
    default:
      return classOfStatus(cause.$metadata.httpStatusCode ?? 500);
  }
};

const retryAfterOf = (cause: unknown): number | null => {
  if (!(cause instanceof BedrockRuntimeServiceException)) return null;
  return retryAfterSeconds(cause.$response?.headers?.['retry-after'], Date.now());
};
