import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { scopeText } from '../../lambdas/domain/mute/mute.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { UserError } from '../user-error.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { plain } from '../view/text.ts';

type Options = CloudOptions & { readonly by: string };

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('unmute')
      .description('end a mute, a maintenance window or what was called normal')
      .argument('<id>', 'its id, or the beginning or end of it: npm run mutes'),
  )
    .option('--by <name>', 'who ends it', userInfo().username)
    .action(async (asked: string, options: Options) => {
      const { mutes, clock } = await connect(options);
      const at = clock.now();
      const part = asked.toUpperCase();
      const fitting = (await mutes.list(at)).filter(({ id }) => id.startsWith(part) || id.endsWith(part));
      const [mute, ...others] = fitting;
      if (mute === undefined) throw new UserError(`Nothing that is muted fits '${asked}': npm run mutes`);
      if (others.length > 0) throw new UserError(`'${asked}' fits ${fitting.length} mutes: give more of the id.`);
      const message = `${mute.why} of ${scopeText(mute.scope)} ended`;
      const ended = await mutes.end(mute.id, { at, by: options.by, did: 'unmuted', muteId: mute.id, message });
      if (!ended) throw new UserError(`${mute.id} has ended meanwhile: npm run mutes`);
      const screen = createScreen();
      if (options.json === true) printJson(screen, { ...mute, until: at });
      else screen.print(`Heard again: ${plain(scopeText(mute.scope))}`);
    });
}
