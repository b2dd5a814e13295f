import type { Price } from '../../domain/limits/limits.ts';
import type { ModelRequest } from '../../ports/language-model.ts';

/** What every adapter of a provider is made with. */
export type ProviderSettings = {
  /** The name in the chain. */
  readonly provider: string;
  readonly model: string;
  readonly price: Price;
  /** Another address of the same API. */
  readonly baseUrl?: string | undefined;
  /** How long one call may take, from the first byte sent to the last one read. */
  readonly timeoutMilliseconds: number;
  readonly structure: 'schema' | 'object' | 'words';
};

/** How long this call may take, milliseconds: what the provider is given, or what the asker has left if that is less. */
export const timeLimit = (settings: ProviderSettings, { timeoutMilliseconds }: ModelRequest): number =>
  Math.max(1, Math.floor(Math.min(settings.timeoutMilliseconds, timeoutMilliseconds ?? settings.timeoutMilliseconds)));

/** A message of a client without the key, which some of them repeat, and short enough for a row. */
export const withoutSecret = (message: string, secret: string): string =>
  (secret === '' ? message : message.replaceAll(secret, '<key>')).replaceAll(/\s+/g, ' ').slice(0, 300);

/** Said at the end of the question once a reply was no JSON; the fixed part stays as it is, for caches. */
export const strictWords = '\n\nYour reply must begin with { and end with }. Nothing stands before or after it.';
