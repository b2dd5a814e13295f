import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { scopeText } from '../../lambdas/domain/mute/mute.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { makeMute } from '../operator/make-mute.ts';
import { scopeOf } from '../operator/mute-scope.ts';
import { durationSeconds } from '../operator/option-values.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { plain } from '../view/text.ts';
import { dateAndTime } from '../view/time.ts';

type Options = CloudOptions & { readonly for: string; readonly reason: string; readonly by: string };

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('mute')
      .description('let a service or series open and join nothing for a time')
      .argument('<service|series>', 'the name of a service, or the id of a series'),
  )
    .requiredOption('--for <time>', 'how long, such as 90s, 30m, 2h or 7d')
    .requiredOption('--reason <text>', 'why, for whoever reads it later')
    .option('--by <name>', 'who mutes', userInfo().username)
    .action(async (what: string, options: Options) => {
      const seconds = durationSeconds('--for', options.for);
      const operator = await connect(options);
      const from = operator.clock.now();
      const scope = await scopeOf(operator, what);
      const { reason, by } = options;
      const mute = await makeMute(operator, { why: 'mute', scope, from, until: from + seconds * 1000, reason, by });
      const screen = createScreen();
      if (options.json === true) printJson(screen, mute);
      else {
        screen.print(
          `Muted ${plain(scopeText(scope))} until ${dateAndTime(mute.until)} UTC`,
          screen.paint.quiet(`npm run unmute -- ${mute.id}`),
        );
      }
    });
}
