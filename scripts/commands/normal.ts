import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { scopeText } from '../../lambdas/domain/mute/mute.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { findIncident } from '../operator/find-incident.ts';
import { makeMute } from '../operator/make-mute.ts';
import { normalScope } from '../operator/normal-scope.ts';
import { durationSeconds } from '../operator/option-values.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { plain } from '../view/text.ts';
import { dateAndTime } from '../view/time.ts';

type Options = CloudOptions & { readonly for: string; readonly reason: string; readonly by: string };

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('normal')
      .description(
        'say that what is filed under an incident is normal: those series open and join nothing for a time while they stray to that side, however far; anything else, also of the same services, does',
      )
      .argument('<incident id>', 'its id, the beginning or end of it, or `last`'),
  )
    .requiredOption('--for <time>', 'how long it counts, such as 2h or 7d')
    .option('--reason <text>', 'why', 'this is normal')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (asked: string, options: Options) => {
      const seconds = durationSeconds('--for', options.for);
      const operator = await connect(options);
      const id = await findIncident(operator.incidents, asked);
      const scope = await normalScope(operator.incidents, id);
      const from = operator.clock.now();
      const mute = await makeMute(operator, {
        why: 'normal',
        scope,
        from,
        until: from + seconds * 1000,
        reason: options.reason,
        by: options.by,
      });
      const screen = createScreen();
      if (options.json === true) printJson(screen, mute);
      else {
        screen.print(
          `${plain(scopeText(scope))}: normal until ${dateAndTime(mute.until)} UTC`,
          screen.paint.quiet(`npm run unmute -- ${mute.id}`),
        );
      }
    });
}
