import { UserError } from '../user-error.ts';

/** The number of seconds that --limit asks for. */
export function secondsFrom(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new UserError(`--limit is '${text}': it must be a whole number of seconds, such as 300.`);
}
