import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { functionNames } from '../../lambdas/contract/stage.ts';
import { requireCloud } from '../cloud/deploy.ts';
import { cloudTarget } from '../cloud/guard.ts';
import { sdkSettings } from '../cloud/sdk-settings.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { durationSeconds, oneOf, wholeNumber } from '../operator/option-values.ts';
import { readFunctionLog } from '../operator/read-function-log.ts';
import { printJson } from '../view/json.ts';
import { logLines } from '../view/log-lines.ts';
import { createScreen } from '../view/screen.ts';

type Options = CloudOptions & { readonly since: string; readonly limit: string };

export function register(program: Command): void {
  withCloudOptions(
    program.command('logs').description('read the log of a function').argument('<function>', functionNames.join(', ')),
  )
    .option('--since <time>', 'how far back, such as 90s, 10m or 2h', '10m')
    .option('--limit <number>', 'how many lines at most, the newest', '100')
    .action(async (asked: string, options: Options) => {
      const name = oneOf('function', asked, functionNames);
      const from = Date.now() - durationSeconds('--since', options.since) * 1000;
      const limit = wholeNumber('--limit', options.limit, 1, 10_000);
      const target = cloudTarget(options);
      await requireCloud(target);
      const client = new CloudWatchLogsClient(sdkSettings(target));
      const lines = await readFunctionLog(client, { stage: options.stage, name, from, limit });
      const screen = createScreen();
      if (options.json === true) return printJson(screen, lines);
      if (lines.length === 0) return screen.print(`${name} wrote nothing in the last ${options.since}.`);
      for (const line of lines) screen.print(...logLines(line, screen));
    });
}
