import { type AnswerOptions, createAnswers } from './answers.ts';
import { bedrockProtocol } from './bedrock-protocol.ts';
import { type FailureKind, failureKindNames } from './failure-kinds.ts';
import { geminiProtocol } from './gemini-protocol.ts';
import { type HttpRequest, type HttpResponse, listen } from './listen.ts';
import { openAiProtocol } from './openai-protocol.ts';
import { createPromptCache, tokensOf } from './prompt-cache.ts';
import type { Answer, Protocol, Question, Sent, Usage } from './question.ts';

export type ModelServerOptions = Partial<AnswerOptions> & {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** How long a model thinks before it answers. */
  readonly latencyMilliseconds?: number;
  /** Hears of each call once it has been answered, or has not. */
  readonly onCall?: (call: ServedCall) => void;
};

export type ServedCall = {
  readonly protocol: Question['protocol'];
  readonly model: string;
  readonly failure: FailureKind | null;
};

export type ModelServer = {
  /** `http://127.0.0.1:<port>`: what a provider's base address is set to; OpenAI's protocol has `/v1` behind it. */
  readonly url: string;
  /** Every call so far, in the order of arrival. */
  readonly calls: readonly ServedCall[];
  /** The most calls that were being answered at once. */
  mostAtOnce(): number;
  /** Fails from now on as told: an outage that begins, or ends. */
  change(options: Partial<AnswerOptions> & Pick<ModelServerOptions, 'latencyMilliseconds'>): void;
  close(): Promise<void>;
};

const protocols: readonly Protocol[] = [geminiProtocol, openAiProtocol, bedrockProtocol];
const longestBody = 8 * 1024 * 1024;

/** A server that speaks the protocols of three providers, answers by a script or by reasoning, and fails on demand. */
export const startModelServer = async (options: ModelServerOptions = {}): Promise<ModelServer> => {
  const { port = 0, host = '127.0.0.1', onCall } = options;
  let settings = {
    failShare: 0,
    kinds: failureKindNames,
    seed: 1,
    script: [],
    latencyMilliseconds: 0,
    ...options,
  };
  const answerOf = createAnswers();
  const cached = createPromptCache();
  const calls: ServedCall[] = [];

  let atOnce = 0;
  let mostAtOnce = 0;

  const serve = async (request: HttpRequest, response: HttpResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://server').pathname;
    if (request.method === 'GET') return send(response, { status: 200, headers: {}, body: { calls: calls.length } });
    const asked = read(path, await bodyOf(request));
    if ('refused' in asked) return send(response, asked.refused);
    const { protocol, question } = asked;
    const { answer, failure } = answerOf(question, settings);
    const call: ServedCall = { protocol: question.protocol, model: question.model, failure };
    calls.push(call);
    onCall?.(call);
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    response.once('close', () => {
      atOnce -= 1;
    });
    await thinking(settings.latencyMilliseconds);
    const prompt = `${question.system}\n${question.user}`;
    const inputTokens = tokensOf(prompt);
    deliver(response, protocol, question, answer, {
      inputTokens,
      cachedInputTokens: Math.min(inputTokens, cached(prompt)),
      outputTokens: answer.kind === 'text' ? tokensOf(answer.text) : 0,
    });
  };

  const listening = await listen({ port, host }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      send(response, openAiProtocol.failure(400, error instanceof Error ? error.message : String(error), null));
    });
  });
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${listening.port}`,
    calls,
    mostAtOnce: () => mostAtOnce,
    change: (change) => {
      settings = { ...settings, ...change };
    },
    close: () => listening.close(),
  };
};

const read = (
  path: string,
  body: string,
): { readonly protocol: Protocol; readonly question: Question } | { readonly refused: Sent } => {
  const parsed: unknown = JSON.parse(body);
  for (const protocol of protocols) {
    const question = protocol.read(path, parsed);
    if (question !== null) return { protocol, question };
  }
  return { refused: openAiProtocol.failure(404, `nothing is served at ${path}`, null) };
};

const bodyOf = async (request: HttpRequest): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > longestBody) throw new Error('the request is longer than 8 MB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
};

const thinking = (milliseconds: number): Promise<void> =>
  milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));

const deliver = (response: HttpResponse, protocol: Protocol, question: Question, answer: Answer, usage: Usage) => {
  switch (answer.kind) {
    case 'text':
      return send(response, protocol.reply(question, answer.text, answer.truncated, usage));
    case 'blocked':
      return send(response, protocol.blocked(question, usage));
    case 'status':
      return send(response, protocol.failure(answer.status, 'failed on demand', answer.retryAfterSeconds));
    case 'stall':
      return;
    case 'cut':
      head(response, 200, { 'content-length': '5000' });
      // The rest of a promised body that never comes.
      response.write('{"cut":"', 'utf8', () => response.socket?.destroy());
  }
};

const send = (response: HttpResponse, { status, headers, body }: Sent): void => {
  head(response, status, headers);
  response.end(JSON.stringify(body));
};

const head = (response: HttpResponse, status: number, headers: Sent['headers']): void => {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
};
