/** Dollars for a million tokens; list prices for prompts up to 200,000 tokens (ai.google.dev/gemini-api/docs/pricing). */
const prices = {
  'gemini-2.5-pro': { input: 1.25, output: 10 },
  'gemini-2.5-flash-lite': { input: 0.1, output: 0.4 },
  'gemini-2.5-flash': { input: 0.3, output: 2.5 },
  'gemini-2.0-flash': { input: 0.1, output: 0.4 },
} as const;

/** What is not on the list is counted at the dearest price rather than as free. */
const unlisted = prices['gemini-2.5-pro'];

/** Cost of one call in dollars. Dated and preview names cost what their family does. */
export const costDollars = (model: string, inputTokens: number, outputTokens: number): number => {
  const listed = Object.entries(prices).find(([family]) => model.startsWith(family));
  const price = listed?.[1] ?? unlisted;
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
};
