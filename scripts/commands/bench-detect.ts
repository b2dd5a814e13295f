import type { Command } from 'commander';
import { drawBesideRelease, drawPair, drawQuiet } from '../../bench/detect/draw-runs.ts';
import { pairsPage, quietPage, releasesPage, singlePage } from '../../bench/detect/page.ts';
import { type Played, reportPairs, reportQuiet, reportReleases, reportSingle } from '../../bench/detect/report.ts';
import { watchInThreads } from '../../bench/detect/watch-in-threads.ts';
import { saveResult } from '../../bench/save-result.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { serviceNames } from '../../lambdas/workload/physics/services.ts';
import { oneOf, wholeNumber } from '../operator/option-values.ts';
import { drawScenario } from '../scenario/draw-scenarios.ts';
import type { ScenarioPlan } from '../scenario/scenario-plan.ts';

const parts = ['single', 'pairs', 'releases', 'quiet'] as const;
type Part = (typeof parts)[number];

type Options = {
  readonly seeds: string;
  readonly draws: string;
  readonly firstSeed: string;
  readonly only?: readonly string[];
  readonly json?: boolean;
};

/** Service-days of quiet at the coarse and at the fine step, and among how many shops. */
const quiet = [
  { step: 60, serviceDays: 100, shops: 5 },
  { step: 5, serviceDays: 20, shops: 4 },
] as const;

export function register(program: Command): void {
  program
    .command('bench:detect')
    .description('measure what becomes an incident, and whose, on virtual time with nobody healing')
    .option('--seeds <number>', 'one fault at a time: draws of every cause', '5')
    .option('--draws <number>', 'two faults, and a fault beside a release: draws of each', '100')
    .option('--first-seed <number>', 'draws are numbered from here on', '1')
    .option('--only <part...>', `some of ${parts.join(', ')}`)
    .option('--json', 'print one JSON object')
    .action(run);
}

const run = async (options: Options): Promise<void> => {
  const chosen = partsOf(options.only);
  const seeds = wholeNumber('--seeds', options.seeds, 1, 1000);
  const draws = wholeNumber('--draws', options.draws, 1, 10_000);
  const first = wholeNumber('--first-seed', options.firstSeed, 0, 1_000_000);
  const catalogue = loadCatalogue();
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => first + index);
  const lines: string[] = [];
  const results: Record<string, unknown> = { seeds, draws, firstSeed: first };
  const keep = <Report>(name: string, report: Report, page: (report: Report) => readonly string[]): void => {
    results[name] = report;
    lines.push(...page(report), '');
  };
  if (chosen.has('single')) {
    const plans = catalogue.flatMap((definition) => numbers(seeds).map((seed) => drawScenario(definition, seed, 5)));
    keep('single', reportSingle(await watch(plans)), singlePage);
  }
  if (chosen.has('pairs')) {
    keep('pairs', reportPairs(await watch(numbers(draws).map((draw) => drawPair(catalogue, draw)))), pairsPage);
  }
  if (chosen.has('releases')) {
    const plans = numbers(draws).map((draw) => drawBesideRelease(catalogue, draw));
    keep('releases', reportReleases(await watch(plans)), releasesPage);
  }
  if (chosen.has('quiet')) {
    for (const { step, serviceDays, shops } of quiet) {
      const seconds = (serviceDays / serviceNames.length) * 86_400;
      const plans = drawQuiet(step, seconds, shops, first + step);
      keep(`quiet${step}`, reportQuiet(await watch(plans), serviceNames.length), quietPage);
    }
  }
  saveResult(options.only === undefined ? 'detect' : `detect-${[...chosen].join('-')}`, results);
  console.log(options.json === true ? JSON.stringify(results) : lines.join('\n'));
};

const watch = async (plans: readonly ScenarioPlan[]): Promise<Played> => {
  let done = 0;
  const graded = await watchInThreads(plans, ({ name, incidents }) => {
    done += 1;
    const opened = incidents.map(({ service, afterSeconds }) => `${service} after ${afterSeconds} s`).join(', ');
    process.stderr.write(`${done} of ${plans.length}: ${name}: ${opened || 'nothing'}\n`);
  });
  return { plans, graded };
};

const partsOf = (names: readonly string[] = parts): ReadonlySet<Part> =>
  new Set(
    names.map((name) => {
      return oneOf('part', name, parts);
    }),
  );
