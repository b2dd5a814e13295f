import type { Command } from 'commander';
import { fewestFalseAlarms, mostFalseAlarms } from '../../lambdas/contract/knob.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { wholeNumber } from '../operator/option-values.ts';
import { parseTime } from '../replay/parse-time.ts';
import { readScans } from '../replay/read-archive.ts';
import { replay } from '../replay/replay.ts';
import { UserError } from '../user-error.ts';
import { printJson } from '../view/json.ts';
import { replayLines } from '../view/replay-page.ts';
import { createScreen } from '../view/screen.ts';

type Options = CloudOptions & {
  readonly from: string;
  readonly to: string;
  readonly knob?: string;
  readonly seriesInShard: string;
};

export function register(program: Command): void {
  withCloudOptions(program.command('replay').description('run detection again over what its scans have archived'))
    .requiredOption('--from <time>', 'a time such as 2030-01-31T17:00Z, or 6h for six hours ago')
    .option('--to <time>', 'the same; now when it is left out. The newest ten minutes are not archived yet', '0m')
    .option('--knob <number>', 'expected false alarms of a metric in a month, instead of the deployed setting')
    .option('--series-in-shard <number>', 'how many series one shard holds at most', '2000')
    .action(async (options: Options) => {
      const now = Date.now();
      const from = parseTime('--from', options.from, now);
      const to = parseTime('--to', options.to, now);
      if (from >= to) throw new UserError('--from must be before --to.');
      const seriesInShard = wholeNumber('--series-in-shard', options.seriesInShard, 1, 2000);
      const knob = options.knob === undefined ? null : knobOf(options.knob);
      const { scanArchive, scanArchiveDays: keptDays, periodSeconds, falseAlarmsPerMonth } = await connect(options);
      const scans = await readScans(scanArchive, { from, to }, { now, keptDays });
      const settings = {
        scanIntervalSeconds: periodSeconds,
        settlingSeconds: 1,
        seriesInShard,
        falseAlarmsPerMonth: knob ?? falseAlarmsPerMonth,
      };
      const report = await replay(scans, { ...settings, from, to });
      const screen = createScreen();
      if (options.json === true) printJson(screen, report);
      else screen.print(...replayLines(report, now));
    });
}

const knobOf = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= fewestFalseAlarms && value <= mostFalseAlarms) return value;
  throw new UserError(`--knob is '${text}': it may be a number from ${fewestFalseAlarms} to ${mostFalseAlarms}.`);
};
