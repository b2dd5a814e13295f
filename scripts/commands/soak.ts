import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { saveResult } from '../../bench/save-result.ts';
import { growthOf, type SoakSample } from '../../bench/soak/growth.ts';
import { overLimit, runningHours, soakLines } from '../../bench/soak/page.ts';
import { sampleCloud } from '../../bench/soak/sample-cloud.ts';
import { findEmbeddedCloud } from '../cloud/embedded-cloud.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect, type Operator } from '../operator/connect.ts';
import { wholeNumber } from '../operator/option-values.ts';
import { CLOUD_STATE } from '../paths.ts';
import { UserError } from '../user-error.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { duration } from '../view/time.ts';

type Options = CloudOptions & { readonly hours: string; readonly pid?: string };

const hour = 3_600_000;
/** A loop of the detector lasts a minute and writes its log at its end. */
const everyMilliseconds = 60_000;

export function register(program: Command): void {
  withCloudOptions(
    program.command('soak').description('watch the running cloud for hours and tell what grows: memory, scans, tables'),
  )
    .option('--hours <number>', 'how long, parts of an hour too', '2')
    .option('--pid <number>', 'process of the emulator, when it is not the embedded one of this project')
    .addHelpText('after', '\nExit code 1 when a figure is over its limit, or would be after eight hours.')
    .action(async (options: Options) => {
      const hours = Number(options.hours);
      if (!(hours > 0 && hours <= 24)) throw new UserError(`--hours is '${options.hours}': it may be up to 24.`);
      const operator = await connect(options);
      const pid =
        options.pid === undefined ? await embeddedPid(operator) : wholeNumber('--pid', options.pid, 1, 4_194_304);
      const samples = await collect(operator, pid, hours * hour);
      const growths = growthOf(samples);
      const report = {
        hours,
        samples: samples.length,
        figures: growths.map(({ afterHours, ...growth }) => ({ ...growth, afterEightHours: afterHours(runningHours) })),
        overLimit: overLimit(growths),
      };
      saveResult('soak', report);
      const screen = createScreen();
      if (options.json === true) printJson(screen, report);
      else screen.print(...soakLines(growths, screen));
      if (report.overLimit.length > 0) process.exitCode = 1;
    });
}

/** Null where the cloud is none of ours: its memory is then left out. */
const embeddedPid = async ({ cloud }: Operator): Promise<number | null> => {
  const embedded = await findEmbeddedCloud(CLOUD_STATE);
  const isOurs =
    cloud.kind === 'local' && embedded !== undefined && Number(new URL(cloud.endpoint).port) === embedded.port;
  return isOurs ? embedded.pid : null;
};

const collect = async (
  operator: Operator,
  pid: number | null,
  milliseconds: number,
): Promise<readonly SoakSample[]> => {
  const progress = createScreen(process.stderr);
  const samples: SoakSample[] = [];
  const begun = operator.clock.now();
  let since = begun - everyMilliseconds;
  while (operator.clock.now() < begun + milliseconds) {
    const sample = await sampleCloud(operator, pid, since);
    since = sample.at;
    samples.push(sample);
    const left = duration(begun + milliseconds - sample.at);
    progress.draw([progress.paint.quiet(`  ◌ ${samples.length} samples, ${left} left`)]);
    await pause(everyMilliseconds);
  }
  progress.erase();
  return samples;
};
