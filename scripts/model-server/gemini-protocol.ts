import { z } from 'zod';
import { type Protocol, retryHeader, type Usage } from './question.ts';

const contentSchema = z.object({ parts: z.array(z.object({ text: z.string() })) });
const requestSchema = z.object({
  systemInstruction: contentSchema.optional(),
  contents: z.array(contentSchema),
});
const pathPattern = /^\/v1(?:beta)?\/models\/([^/:]+):generateContent$/;
const statuses = {
  400: 'INVALID_ARGUMENT',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
} as const;

/** generateContent of the Gemini API, v1beta and v1. */
export const geminiProtocol: Protocol = {
  read: (path, body) => {
    const model = pathPattern.exec(path)?.[1];
    if (model === undefined) return null;
    const { systemInstruction, contents } = requestSchema.parse(body);
    return {
      protocol: 'gemini',
      model: decodeURIComponent(model),
      system: textOf(systemInstruction === undefined ? [] : [systemInstruction]),
      user: textOf(contents),
      asTool: false,
    };
  },
  reply: (_, text, truncated, usage) => ({
    status: 200,
    headers: {},
    body: {
      candidates: [
        {
          content: { role: 'model', ...(text === '' ? {} : { parts: [{ text }] }) },
          finishReason: truncated ? 'MAX_TOKENS' : 'STOP',
          index: 0,
        },
      ],
      usageMetadata: counts(usage),
    },
  }),
  blocked: (_, usage) => ({
    status: 200,
    headers: {},
    body: { candidates: [{ finishReason: 'SAFETY', index: 0 }], usageMetadata: counts({ ...usage, outputTokens: 0 }) },
  }),
  failure: (status, message, retryAfterSeconds) => ({
    status,
    headers: retryHeader(retryAfterSeconds),
    body: {
      error: {
        code: status,
        message,
        status: statuses[status],
        ...(retryAfterSeconds === null
          ? {}
          : {
              details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` }],
            }),
      },
    },
  }),
};

const textOf = (contents: readonly z.infer<typeof contentSchema>[]): string =>
  contents.flatMap(({ parts }) => parts.map(({ text }) => text)).join('\n');

const counts = ({ inputTokens, cachedInputTokens, outputTokens }: Usage) => ({
  promptTokenCount: inputTokens,
  cachedContentTokenCount: cachedInputTokens,
  candidatesTokenCount: outputTokens,
  totalTokenCount: inputTokens + outputTokens,
});
