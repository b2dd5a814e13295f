import type { Command } from 'commander';
import { countAlarms } from '../../bench/alarms/count-alarms.ts';
import { askedRates, renderAlarms, reportAlarms } from '../../bench/alarms/report.ts';
import { saveResult } from '../../bench/save-result.ts';
import { seedsOf, wholeNumber } from '../operator/option-values.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = {
  readonly seeds: string;
  readonly firstSeed: string;
  readonly days: string;
  readonly warmUpDays: string;
  readonly step: string;
  readonly json?: boolean;
};

export function register(program: Command): void {
  program
    .command('bench:alarms')
    .description('count the alarms of every metric of shops without a fault, against what the knob asks for')
    .option('--seeds <number>', 'how many shops', '2')
    .option('--first-seed <number>', 'the seed of the first one; the knob was calibrated on 1001 and 1002', '1')
    .option('--days <number>', 'days of each that are judged', '6')
    .option('--warm-up-days <number>', 'days before them, counted apart', '2')
    .option('--step <seconds>', 'seconds between samples, a multiple of 5', '60')
    .option('--json', 'print one JSON object')
    .action(run);
}

function run(options: Options): void {
  const screen = createScreen();
  const seeds = seedsOf(options);
  const days = wholeNumber('--days', options.days, 1, 365);
  const warmUpDays = wholeNumber('--warm-up-days', options.warmUpDays, 0, 60);
  const stepSeconds = wholeNumber('--step', options.step, 5, 300, 5);
  const counted = seeds.flatMap((seed) => {
    const alarms = countAlarms({ seed, days: warmUpDays + days, stepSeconds }, askedRates);
    process.stderr.write(`shop ${seed} is done\n`);
    return alarms;
  });
  const report = reportAlarms(counted, { stepSeconds, seeds, days, warmUpDays });
  saveResult(`alarms-${stepSeconds}s`, report);
  if (options.json === true) printJson(screen, report);
  else screen.print(...renderAlarms(report));
}
