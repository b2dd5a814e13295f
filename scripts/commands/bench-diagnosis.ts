import type { Command } from 'commander';
import { readCases } from '../../bench/reasoning/diagnosed-case.ts';
import { diagnosisPage } from '../../bench/reasoning/diagnosis-page.ts';
import { faultSets } from '../../bench/reasoning/fault-sets.ts';
import { fitLines } from '../../bench/reasoning/fit-temperature.ts';
import { measureDiagnosis, reportDiagnosis } from '../../bench/reasoning/measure-diagnosis.ts';
import { saveResult } from '../../bench/save-result.ts';
import { oneOf, wholeNumber } from '../operator/option-values.ts';

type Options = {
  readonly seeds: string;
  readonly sets: readonly string[];
  readonly keep?: string;
  readonly from?: string;
  readonly fit?: boolean;
  readonly json?: boolean;
};

export function register(program: Command): void {
  program
    .command('bench:diagnosis')
    .description('measure how well the built-in reasoner names causes, on the catalogue and on faults kept apart')
    .option('--seeds <number>', 'draws of each fault', '5')
    .option('--sets <name...>', `which faults: ${faultSets.join(', ')}`, [...faultSets])
    .option('--keep <folder>', 'keep what was played there, to be judged again')
    .option('--from <folder>', 'judge what was kept instead of playing')
    .option('--fit', 'with --from: the spread of confidence that fits what was kept best')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      if (options.fit === true && options.from !== undefined) {
        console.log(fitLines(readCases(options.from)).join('\n'));
        return;
      }
      const seeds = wholeNumber('--seeds', options.seeds, 1, 100);
      const report =
        options.from === undefined
          ? await measureDiagnosis({
              seeds,
              sets: options.sets.map((name) => oneOf('set', name, faultSets)),
              keep: options.keep ?? null,
            })
          : reportDiagnosis(readCases(options.from), seeds);
      if (options.from === undefined) saveResult('diagnosis', report);
      console.log(options.json === true ? JSON.stringify(report) : diagnosisPage(report).join('\n'));
    });
}
