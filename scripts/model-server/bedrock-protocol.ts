import { z } from 'zod';
import { type Protocol, retryHeader, type Usage } from './question.ts';

const blockSchema = z.object({ text: z.string().optional() });
const requestSchema = z.object({
  system: z.array(blockSchema).default([]),
  messages: z.array(z.object({ role: z.string(), content: z.array(blockSchema) })),
  toolConfig: z.object({ tools: z.array(z.unknown()) }).optional(),
});
const pathPattern = /^\/model\/([^/]+)\/converse$/;
const errors = {
  400: 'ValidationException',
  404: 'ResourceNotFoundException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
} as const;
const objectSchema = z.record(z.string(), z.unknown());

/** Converse of Amazon Bedrock. */
export const bedrockProtocol: Protocol = {
  read: (path, body) => {
    const model = pathPattern.exec(path)?.[1];
    if (model === undefined) return null;
    const { system, messages, toolConfig } = requestSchema.parse(body);
    return {
      protocol: 'bedrock',
      model: decodeURIComponent(model),
      system: textOf(system),
      user: textOf(messages.flatMap(({ content }) => content)),
      asTool: toolConfig !== undefined,
    };
  },
  reply: ({ asTool }, text, truncated, usage) => ({
    status: 200,
    headers: {},
    body: converse(contentOf(text, asTool), truncated ? 'max_tokens' : 'end_turn', usage),
  }),
  blocked: (_, usage) => ({
    status: 200,
    headers: {},
    body: converse([], 'guardrail_intervened', { ...usage, outputTokens: 0 }),
  }),
  failure: (status, message, retryAfterSeconds) => ({
    status,
    headers: { 'x-amzn-errortype': errors[status], ...retryHeader(retryAfterSeconds) },
    body: { message },
  }),
};

const textOf = (blocks: readonly z.infer<typeof blockSchema>[]): string =>
  blocks.flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');

/** The input of a tool is a document; what is none comes as text, which models do now and then though told otherwise. */
const contentOf = (text: string, asTool: boolean): readonly unknown[] => {
  if (text === '') return [];
  const input = asTool ? documentOf(text) : null;
  return input === null ? [{ text }] : [{ toolUse: { toolUseId: 'tooluse_local', name: 'reply', input } }];
};

const documentOf = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const parsed = objectSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Converse counts what it read from its cache apart from the other input. */
const converse = (content: readonly unknown[], stopReason: string, usage: Usage) => ({
  output: { message: { role: 'assistant', content } },
  stopReason,
  usage: {
    inputTokens: usage.inputTokens - usage.cachedInputTokens,
    cacheReadInputTokens: usage.cachedInputTokens,
    cacheWriteInputTokens: 0,
    outputTokens: usage.outputTokens,
    totalTokens: usage.inputTokens + usage.outputTokens,
  },
  metrics: { latencyMs: 1 },
});
