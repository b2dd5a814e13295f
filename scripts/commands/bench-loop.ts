import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { splitLines } from '../../bench/loop/page.ts';
import { runLoop } from '../../bench/loop/run-loop.ts';
import { shopTruth } from '../../bench/loop/shop-truth.ts';
import { type CloudOptions, wholeNumber, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { faultSwitch } from '../operator/fault-switch.ts';
import { PROJECT_ROOT } from '../paths.ts';
import { faultLines, summaryLines } from '../scenario/scenario-page.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = CloudOptions & { readonly seed: string; readonly quiet: string; readonly person: string };

const resultsFolder = join(PROJECT_ROOT, 'bench', 'results');

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
      mkdirSync(resultsFolder, { recursive: true });
      const file = join(resultsFolder, `loop-seed-${seed}.json`);
      writeFileSync(file, `${JSON.stringify(result.report, null, 2)}\n`);
      writeFileSync(join(resultsFolder, `loop-seed-${seed}-split.json`), `${JSON.stringify(result.splits, null, 2)}\n`);
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
