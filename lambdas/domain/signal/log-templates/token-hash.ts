import { wildcard } from './mask-line.ts';

/** Hashes of a masked line and of what it would be with a value in place of one of its words: 53 bits. */
export type TokenHashes = {
  readonly whole: number;
  generalised(position: number): number;
};

const prime = 0x01000193;
const otherPrime = 0x85ebca6b;

/** Two polynomials over hashes of the words, so that another word at a position is a sum away and not a pass over all. */
export function hashTokens(tokens: readonly string[]): TokenHashes {
  const size = tokens.length;
  const low = new Int32Array(size);
  const high = new Int32Array(size);
  let wholeLow = size;
  let wholeHigh = size;
  for (const [position, token] of tokens.entries()) {
    const hash = hashWord(token);
    low[position] = hash;
    high[position] = mix(hash);
    wholeLow = (Math.imul(wholeLow, prime) + hash) | 0;
    wholeHigh = (Math.imul(wholeHigh, otherPrime) + mix(hash)) | 0;
  }
  return {
    whole: join(wholeLow, wholeHigh),
    generalised: (position) => {
      const behind = size - 1 - position;
      const changeLow = Math.imul(valueHash - (low[position] ?? 0), power(prime, behind));
      const changeHigh = Math.imul(mix(valueHash) - (high[position] ?? 0), power(otherPrime, behind));
      return join((wholeLow + changeLow) | 0, (wholeHigh + changeHigh) | 0);
    },
  };
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5 ^ word.length;
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), prime);
  return hash;
}
const valueHash = hashWord(wildcard);

const mix = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (hash >>> 7);

function power(base: number, exponent: number): number {
  let result = 1;
  let factor = base;
  for (let left = exponent; left > 0; left >>= 1) {
    if (left & 1) result = Math.imul(result, factor);
    factor = Math.imul(factor, factor);
  }
  return result;
}

const join = (low: number, high: number): number => (high >>> 0) * 2 ** 21 + (low >>> 11);
