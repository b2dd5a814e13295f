import type { AdmissionRequest } from './admission.ts';
import { costOf, type Price } from './limits.ts';

/** Evidence is JSON, with fewer characters to a token than prose: an estimate to the safe side. */
const charactersPerToken = 3;

export const estimatedInputTokens = (promptCharacters: number): number =>
  Math.ceil(promptCharacters / charactersPerToken);

/** What a call may use at most, set aside until what it did use is known. */
export const reservation = (
  { promptCharacters, maximumOutputTokens }: AdmissionRequest,
  price: Price,
): { readonly reservedTokens: number; readonly reservedDollars: number } => {
  const inputTokens = estimatedInputTokens(promptCharacters);
  return {
    reservedTokens: inputTokens + maximumOutputTokens,
    reservedDollars: costOf(price, { inputTokens, cachedInputTokens: 0, outputTokens: maximumOutputTokens }),
  };
};
