/** Why no reply came, the same for every provider. */
export const modelErrorClasses = [
  /** The provider said that it is asked too often (429). */
  'rateLimited',
  /** The provider said that it has too much to do (503, 529). */
  'overloaded',
  /** The provider failed in another way (5xx), or its answer was none of its own protocol. */
  'serverError',
  /** Nothing, or not all of it, came within the time limit. */
  'timeout',
  /** The connection was refused, cut or never made. */
  'connection',
  /** The key is missing, wrong, or may not do this. */
  'authentication',
  /** The provider takes this request for wrong: an unknown model, a bad schema, too long a prompt. */
  'invalidRequest',
  /** A safety filter of the provider held the prompt or the reply back. */
  'blocked',
  /** An answer without any text in it. */
  'empty',
] as const;
export type ModelErrorClass = (typeof modelErrorClasses)[number];

export type ModelCallFailure = {
  readonly errorClass: ModelErrorClass;
  /** How long the provider asks to be left alone, seconds; null when it did not say. */
  readonly retryAfterSeconds?: number | null;
  readonly cause?: unknown;
};

/** No reply came from a language model; `cause` holds what the client reported. */
export class ModelCallError extends Error {
  override readonly name = 'ModelCallError';
  readonly errorClass: ModelErrorClass;
  readonly retryAfterSeconds: number | null;

  constructor(message: string, { errorClass, retryAfterSeconds = null, cause }: ModelCallFailure) {
    super(message, cause === undefined ? {} : { cause });
    this.errorClass = errorClass;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
