import type { Command } from 'commander';
import { destroy } from '../cloud/deploy.ts';
import { cloudTarget } from '../cloud/guard.ts';
import { deployContext } from '../cloud/parse-context.ts';
import { workFolder } from '../cloud/work-folder.ts';
import { wholeNumber } from '../operator/option-values.ts';

type Options = { endpoint?: string; aws?: boolean; stage?: string; limit: string };

export function register(program: Command): void {
  program
    .command('destroy')
    .description('remove the stack from the cloud; a bucket that still holds something stays')
    .option('--endpoint <url>', 'the local cloud to remove it from')
    .option('--aws', 'remove it from the AWS account of your credentials')
    .option('--stage <name>', 'remove the second stack of that name')
    .option('--limit <seconds>', 'give up after this long', '300')
    .action(async (options: Options) => {
      const context = deployContext({ ...options, context: [] });
      const limitSeconds = wholeNumber('--limit', options.limit, 1, 86_400);
      await destroy({ target: cloudTarget(options), workDir: workFolder(options), context, limitSeconds });
      console.log('The stack is gone');
    });
}
