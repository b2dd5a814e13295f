import { UserError } from '../user-error.ts';

/** The one of the known names that was given; a UserError of one line lists them. */
export const oneOf = <Name extends string>(what: string, text: string, known: readonly Name[]): Name => {
  const found = known.find((name) => name === text);
  if (found === undefined) throw new UserError(`There is no ${what} '${text}'. Known: ${known.join(', ')}.`);
  return found;
};

/** A whole number from `low` to `high`, a multiple of `unit`; a UserError names the option and what it may be. */
export const wholeNumber = (option: string, text: string, low: number, high: number, unit = 1): number => {
  const value = Number(text);
  const kind = unit === 1 ? 'whole number' : `multiple of ${unit}`;
  if (!/^\d+$/.test(text) || value < low || value > high || value % unit !== 0)
    throw new UserError(`${option} is '${text}': it may be a ${kind} from ${low} to ${high}.`);
  return value;
};

/** As many seeds as `--seeds` says, from `--first-seed` on. */
export const seedsOf = (options: { readonly seeds: string; readonly firstSeed: string }): readonly number[] => {
  const first = wholeNumber('--first-seed', options.firstSeed, 0, 1_000_000);
  return Array.from({ length: wholeNumber('--seeds', options.seeds, 1, 100) }, (_, index) => first + index);
};

const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `90s`, `10m`, `2h` or `7d` in seconds; a UserError names the option. */
export const durationSeconds = (option: string, text: string): number => {
  const match = /^(\d+)([smhd])$/.exec(text);
  const unit = match?.[2];
  if (match === null || (unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd') || Number(match[1]) === 0)
    throw new UserError(`${option} is '${text}': it may be a time such as 90s, 10m, 2h or 7d.`);
  return Number(match[1]) * unitSeconds[unit];
};
