/** Providers begin to cache at about so many tokens. */
const leastTokens = 1024;
const remembered = 8;
const charactersPerToken = 4;

export const tokensOf = (text: string): number => Math.ceil(text.length / charactersPerToken);

/** Counts the tokens of a prompt that begin like those of a prompt before, as a provider's cache would find them. */
export const createPromptCache = () => {
  const before: string[] = [];
  return (prompt: string): number => {
    const shared = Math.max(0, ...before.map((other) => sharedLength(prompt, other)));
    before.unshift(prompt);
    before.length = Math.min(before.length, remembered);
    const tokens = Math.floor(shared / charactersPerToken);
    return tokens < leastTokens ? 0 : tokens;
  };
};

const sharedLength = (left: string, right: string): number => {
  const longest = Math.min(left.length, right.length);
  let length = 0;
  while (length < longest && left.charCodeAt(length) === right.charCodeAt(length)) length += 1;
  return length;
};
