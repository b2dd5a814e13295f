import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { type MuteScope, scopeText } from '../../lambdas/domain/mute/mute.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { makeMute } from '../operator/make-mute.ts';
import { serviceScope } from '../operator/mute-scope.ts';
import { parseInstant } from '../operator/parse-instant.ts';
import { UserError } from '../user-error.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { plain } from '../view/text.ts';
import { dateAndTime } from '../view/time.ts';

type Options = CloudOptions & {
  readonly service?: string;
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
  readonly by: string;
};

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('maintenance')
      .description('keep a window in which a service, or the whole workload, opens and joins nothing'),
  )
    .option('--service <name>', 'this service alone; without it the whole workload')
    .option('--from <time>', 'when it begins, as in 2026-03-05T14:00:00Z; without it now')
    .requiredOption('--to <time>', 'when it ends')
    .option('--reason <text>', 'why', 'maintenance')
    .option('--by <name>', 'who keeps it', userInfo().username)
    .action(async (options: Options) => {
      const until = momentOf('--to', options.to);
      const begin = options.from === undefined ? null : momentOf('--from', options.from);
      const operator = await connect(options);
      const { service, reason, by } = options;
      const scope: MuteScope = service === undefined ? { of: 'workload' } : await serviceScope(operator, service);
      const from = begin ?? operator.clock.now();
      const mute = await makeMute(operator, { why: 'maintenance', scope, from, until, reason, by });
      const screen = createScreen();
      if (options.json === true) printJson(screen, mute);
      else {
        screen.print(
          `Maintenance of ${plain(scopeText(scope))} from ${dateAndTime(from)} to ${dateAndTime(until)} UTC`,
          screen.paint.quiet(`npm run unmute -- ${mute.id}`),
        );
      }
    });
}

/** An instant with its zone; a UserError names the option. */
const momentOf = (option: string, text: string): number => {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(text) ? parseInstant(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UserError(`${option} is '${text}': it may be a time such as 2026-03-05T14:00:00Z.`);
  return at;
};
