import type { Screen } from './screen.ts';

/** One JSON document, indented; the whole answer of a command with --json. */
export const printJson = (screen: Screen, value: unknown): void => screen.print(JSON.stringify(value, null, 2));
