import { z } from 'zod';
import { type Protocol, retryHeader, type Usage } from './question.ts';

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  stream: z.literal(false).optional(),
});
const types = {
  400: 'invalid_request_error',
  404: 'not_found_error',
  429: 'rate_limit_exceeded',
  500: 'server_error',
  503: 'server_error',
} as const;

/** OpenAI's chat completions, under whatever path the instance has them. */
export const openAiProtocol: Protocol = {
  read: (path, body) => {
    if (!path.endsWith('/chat/completions')) return null;
    const { model, messages } = requestSchema.parse(body);
    const of = (wanted: (role: string) => boolean) =>
      messages
        .filter(({ role }) => wanted(role))
        .map(({ content }) => content)
        .join('\n');
    const isSystem = (role: string) => role === 'system' || role === 'developer';
    return { protocol: 'openai', model, system: of(isSystem), user: of((role) => !isSystem(role)), asTool: false };
  },
  reply: ({ model }, text, truncated, usage) => ({
    status: 200,
    headers: {},
    body: completion(model, text, truncated ? 'length' : 'stop', usage),
  }),
  blocked: ({ model }, usage) => ({
    status: 200,
    headers: {},
    body: completion(model, null, 'content_filter', { ...usage, outputTokens: 0 }),
  }),
  failure: (status, message, retryAfterSeconds) => ({
    status,
    headers: retryHeader(retryAfterSeconds),
    body: { error: { message, type: types[status], code: types[status], param: null } },
  }),
};

const completion = (model: string, content: string | null, finishReason: string, usage: Usage) => ({
  id: 'chatcmpl-local',
  object: 'chat.completion',
  created: Math.floor(Date.now() / 1000),
  model,
  choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: finishReason }],
  usage: {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
  },
});
