import type { Command } from 'commander';
import { defaultStage } from '../../lambdas/contract/stage.ts';
import { UserError } from '../user-error.ts';

/** Where a command works, and how it answers. */
export type CloudOptions = {
  readonly stage: string;
  readonly endpoint?: string;
  readonly aws?: boolean;
  readonly json?: boolean;
};

/** The options that every command on a deployed stack has. */
export const withCloudOptions = (command: Command): Command =>
  command
    .option('--stage <name>', 'the stack to work on', defaultStage)
    .option('--endpoint <url>', 'a local cloud at another address')
    .option('--aws', 'work on AWS, with the credentials and region of your environment')
    .option('--json', 'answer with one JSON document');

/** A whole number from `low` to `high`, a multiple of `unit`; a UserError names the option and what it may be. */
export const wholeNumber = (option: string, text: string, low: number, high: number, unit = 1): number => {
  const value = Number(text);
  const kind = unit === 1 ? 'whole number' : `multiple of ${unit}`;
  if (!/^\d+$/.test(text) || value < low || value > high || value % unit !== 0)
    throw new UserError(`${option} is '${text}': it may be a ${kind} from ${low} to ${high}.`);
  return value;
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
