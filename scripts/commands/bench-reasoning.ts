import type { Command } from 'commander';
import { measureReasoning } from '../../bench/reasoning/measure-reasoning.ts';
import { reasoningPage } from '../../bench/reasoning/reasoning-page.ts';
import { saveResult } from '../../bench/save-result.ts';
import { wholeNumber } from '../operator/option-values.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = {
  readonly incidents: string;
  readonly crashes: string;
  readonly seed: string;
  readonly json?: boolean;
};

export function register(program: Command): void {
  program
    .command('bench:reasoning')
    .description('measure how reasoning comes out of models that fail, over HTTP to a model server of its own')
    .option('--incidents <number>', 'incidents at each share of failing calls', '5000')
    .option('--crashes <number>', 'incidents in which a process dies, at each share', '500')
    .option('--seed <number>', 'of all that is drawn', '1')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const report = await measureReasoning({
        incidents: wholeNumber('--incidents', options.incidents, 1, 100_000),
        crashes: wholeNumber('--crashes', options.crashes, 0, 100_000),
        seed: wholeNumber('--seed', options.seed, 0, 1_000_000),
        onProgress: (line) => process.stderr.write(`${line}\n`),
      });
      saveResult('reasoning', report);
      const screen = createScreen();
      if (options.json === true) printJson(screen, report);
      else screen.print(...reasoningPage(report));
    });
}
