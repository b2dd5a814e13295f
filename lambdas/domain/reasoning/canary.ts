/**
 * A word that stands in the system prompt of one call and nowhere else. A reply that holds it gives its
 * instructions away, which a model does that has begun to follow what it reads. `random` is drawn for the one
 * call and told to nobody, so that no text that somebody wrote can hold the word, whatever incident it knows of.
 */
export const canaryOf = (random: string): string => `mark-${mix(random, 7)}${mix(random, 31)}`;

/** Whether the reply holds the canary, also in other case, spaced, reversed, or in hexadecimal or base 64. */
export const givesCanaryAway = (reply: string, canary: string): boolean => {
  const bare = lettersOf(reply);
  const word = lettersOf(canary.slice('mark-'.length));
  return (
    bare.includes(word) ||
    bare.includes([...word].reverse().join('')) ||
    bare.includes(hexadecimal(canary.slice('mark-'.length))) ||
    offsets.some((offset) => reply.includes(base64Core(canary, offset)))
  );
};

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

const hexadecimal = (text: string): string =>
  [...text].map((character) => (character.codePointAt(0) ?? 0).toString(16)).join('');

const offsets = [0, 1, 2] as const;

/** What base 64 of any text holds that holds the canary at this offset from a group of three. */
const base64Core = (canary: string, offset: number): string => {
  const coded = btoa(`${'x'.repeat(offset)}${canary}`);
  return coded.slice(offset === 0 ? 0 : 4, coded.length - (coded.length % 4) - 4);
};

/** FNV-1a with a seed, in base 36; a label and no secret. */
const mix = (text: string, seed: number): string => {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, '0');
};
