import type { Command } from 'commander';
import { splitLines } from '../../bench/loop/page.ts';
import { runLoop } from '../../bench/loop/run-loop.ts';
import { shopTruth } from '../../bench/loop/shop-truth.ts';
import { saveResult } from '../../bench/save-result.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { faultSwitch } from '../operator/fault-switch.ts';
import { wholeNumber } from '../operator/option-values.ts';
import { faultLines, summaryLines } from '../scenario/scenario-page.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = CloudOptions & { readonly seed: string; readonly quiet: string; readonly person: string };

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('bench:loop')
      .description('measure the loop on the running cloud: one fault of each kind, then a quiet stretch'),
  )
    .option('--seed <number>', 'what the faults are drawn by', '1')
    .option('--quiet <seconds>', 'how long to watch that nothing happens', '600')
    .option('--person <seconds>', 'how long the stand-in for a person thinks before a yes', '10')
    .action(async (options: Options) => {
      const seed = wholeNumber('--seed', options.seed, 0, 2_147_483_647);
      const quietSeconds = wholeNumber('--quiet', options.quiet, 0, 86_400);
      const personSeconds = wholeNumber('--person', options.person, 0, 3600);
      const operator = await connect(options);
      // What happens meanwhile goes to the other stream, so that --json answers with one document alone.
      const progress = createScreen(process.stderr);
      const bench = {
        operator,
        faults: faultSwitch(operator.functions, operator.stage),
        shop: shopTruth(operator),
        personSeconds,
        say: (line: string) => progress.draw([progress.paint.quiet(`  ◌ ${line}`)]),
      };
      const result = await runLoop(bench, { seed, quietSeconds }, ({ report }) =>
        progress.print(...faultLines([report], progress).slice(1)),
      );
      progress.erase();
      const file = saveResult(`loop-seed-${seed}`, result.report);
      saveResult(`loop-seed-${seed}-split`, result.splits);
      const screen = createScreen();
      if (options.json === true) return printJson(screen, result.report);
      screen.print(
        ...faultLines(result.report.faults, screen),
        '',
        ...splitLines(result, screen),
        '',
        ...summaryLines(result.report),
        screen.paint.quiet(file),
      );
    });
}
