import type { Command } from 'commander';
import { defaultStage } from '../../lambdas/contract/stage.ts';

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
