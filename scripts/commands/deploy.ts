import type { Command } from 'commander';
import { deploy } from '../cloud/deploy.ts';
import { cloudTarget } from '../cloud/guard.ts';
import { deployContext } from '../cloud/parse-context.ts';
import { workFolder } from '../cloud/work-folder.ts';
import { wholeNumber } from '../operator/option-values.ts';

type Options = { endpoint?: string; aws?: boolean; stage?: string; context: string[]; limit: string };

export function register(program: Command): void {
  program
    .command('deploy')
    .description('deploy the stack and run each scheduled function once')
    .option('--endpoint <url>', 'the local cloud to deploy to')
    .option('--aws', 'deploy to the AWS account of your credentials')
    .option('--stage <name>', 'a second stack beside the first, with its own names')
    .option('-c, --context <name=value>', 'a setting of the stack, such as fleet=false; may be repeated', collect, [])
    .option('--limit <seconds>', 'give up after this long', '300')
    .action(async (options: Options) => {
      const { seconds, started } = await deploy({
        target: cloudTarget(options),
        workDir: workFolder(options),
        context: deployContext(options),
        limitSeconds: wholeNumber('--limit', options.limit, 1, 86_400),
        say: (line) => console.log(line),
      });
      console.log(`Deployed in ${seconds.toFixed(1)} s`);
      for (const name of started) console.log(`Started ${name}`);
    });
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
