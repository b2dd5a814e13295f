/** A question as it came over the wire, whatever the protocol. */
export type Question = {
  readonly protocol: 'gemini' | 'openai' | 'bedrock';
  readonly model: string;
  readonly system: string;
  readonly user: string;
  /** The reply is wanted as the input of a tool. */
  readonly asTool: boolean;
};

/** What goes back: a text that a model wrote, or how no text comes. */
export type Answer =
  | { readonly kind: 'text'; readonly text: string; readonly truncated: boolean }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'status'; readonly status: 429 | 500 | 503; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'stall' }
  | { readonly kind: 'cut' };

export type Usage = { readonly inputTokens: number; readonly cachedInputTokens: number; readonly outputTokens: number };

/** What is sent for an answer that has a body. */
export type Sent = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** One of the protocols that the server speaks. */
export type Protocol = {
  /** Null when the path is not of this protocol. */
  read(path: string, body: unknown): Question | null;
  reply(question: Question, text: string, truncated: boolean, usage: Usage): Sent;
  blocked(question: Question, usage: Usage): Sent;
  failure(status: 400 | 404 | 429 | 500 | 503, message: string, retryAfterSeconds: number | null): Sent;
};

export const retryHeader = (seconds: number | null): Readonly<Record<string, string>> =>
  seconds === null ? {} : { 'retry-after': String(seconds) };
