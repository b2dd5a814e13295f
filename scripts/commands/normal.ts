import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { type CloudOptions, durationSeconds, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { findIncident } from '../operator/find-incident.ts';
import { makeMute } from '../operator/make-mute.ts';
import { UserError } from '../user-error.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { count, plain } from '../view/text.ts';
import { dateAndTime } from '../view/time.ts';

type Options = CloudOptions & { readonly for: string; readonly reason: string; readonly by: string };

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('normal')
      .description('say that what an incident was opened for is normal: its anomalies open nothing for a time')
      .argument('<incident id>', 'its id, the beginning or end of it, or `last`'),
  )
    .requiredOption('--for <time>', 'how long it counts, such as 2h or 7d')
    .option('--reason <text>', 'why', 'this is normal')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (asked: string, options: Options) => {
      const seconds = durationSeconds('--for', options.for);
      const operator = await connect(options);
      const id = await findIncident(operator.incidents, asked);
      const [incident, anomalies] = await Promise.all([operator.incidents.get(id), operator.incidents.anomalies(id)]);
      if (incident === null || anomalies.length === 0) throw new UserError(`Nothing is filed under ${id}.`);
      const from = operator.clock.now();
      const fingerprints = anomalies.map(({ fingerprint }) => fingerprint);
      const mute = await makeMute(operator, {
        why: 'normal',
        scope: { of: 'incident', incidentId: id, family: incident.family, fingerprints },
        from,
        until: from + seconds * 1000,
        reason: options.reason,
        by: options.by,
      });
      const screen = createScreen();
      if (options.json === true) printJson(screen, mute);
      else {
        screen.print(
          `${count(fingerprints.length, 'anomaly', 'anomalies')} of ${plain(incident.family)} are normal until ${dateAndTime(mute.until)} UTC`,
          screen.paint.quiet(`npm run unmute -- ${mute.id}`),
        );
      }
    });
}
