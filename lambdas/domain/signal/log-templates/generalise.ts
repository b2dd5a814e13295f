import { wildcard } from './mask-line.ts';

const word = /^[A-Za-z]/;
/** Positions looked at: the kind of a line shows early. */
const mostPositions = 32;
/** Constant words that must be left for two lines to be of one kind. */
const fewestConstantWords = 2;
const wordsNeeded = 8;
const valuesNeeded = 4;

/**
 * Positions of a masked line that could turn out to hold a value: words but the first, in a line with words enough that
 * it is still recognised without one of them.
 */
export function generalisationsOf(tokens: readonly string[]): number[] {
  const words: number[] = [];
  for (let position = 0; position < tokens.length && position < mostPositions; position++) {
    if (word.test(tokens[position] ?? '')) words.push(position);
  }
  return words.length <= fewestConstantWords ? [] : words.filter((position) => position > 0);
}

/** The masked line with a value in place of the word at a position. */
export function shapeOf(tokens: readonly string[], position: number): string {
  return [...tokens.slice(0, position), wildcard, ...tokens.slice(position + 1)].join(' ');
}

/** How many different words at a position make it a value: few after "=" or within quotes, more in plain text. */
export function siblingsNeeded(tokens: readonly string[], position: number): number {
  const before = tokens[position - 1];
  return before === '=' || before === '"' || before === "'" ? valuesNeeded : wordsNeeded;
}
