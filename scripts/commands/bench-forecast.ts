import type { Command } from 'commander';
import {
  type ForecastCase,
  gradeCase,
  type QuietDays,
  renderForecasts,
  reportForecasts,
} from '../../bench/forecast/report.ts';
import { watchShop } from '../../bench/forecast/watch-shop.ts';
import { saveResult } from '../../bench/save-result.ts';
import { foretell } from '../../lambdas/domain/forecast/forecast.ts';
import type { FaultDefinition } from '../../lambdas/workload/faults/definition.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { seedsOf, wholeNumber } from '../operator/option-values.ts';
import { drawScenario, quietScenario } from '../scenario/draw-scenarios.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = {
  readonly seeds: string;
  readonly firstSeed: string;
  readonly step: string;
  readonly quietDays: string;
  readonly json?: boolean;
};

/** What fills something up, by what a fault does and not by its name. */
const growing: ReadonlySet<string> = new Set([
  'memoryLeak',
  'cacheGrowth',
  'logWriteRate',
  'temporaryWriteRate',
  'dataAdded',
]);
const fills = ({ perturbations }: FaultDefinition): boolean =>
  perturbations.some(({ parameter }) => growing.has(parameter));

const daySeconds = 86_400;
/** The quiet part at 5 s is a tenth as long as that at 60 s. */
const fineShare = 0.1;

export function register(program: Command): void {
  program
    .command('bench:forecast')
    .description('measure how early and how honestly leaks and growth are foretold, with nobody healing')
    .option('--seeds <number>', 'draws of each cause', '5')
    .option('--first-seed <number>', 'the first draw; the constants were chosen on 1 to 4', '5')
    .option('--step <seconds>', 'seconds between samples, a multiple of 5', '5')
    .option('--quiet-days <number>', 'quiet days at 60 s, and a tenth of them at 5 s', '10')
    .option('--json', 'print one JSON object')
    .action(run);
}

function run(options: Options): void {
  const seeds = seedsOf(options);
  const stepSeconds = wholeNumber('--step', options.step, 5, 60, 5);
  const quietDays = wholeNumber('--quiet-days', options.quietDays, 0, 365);
  const causes = loadCatalogue().filter(fills);
  const cases = causes.flatMap((definition) => seeds.map((seed) => measure(definition, seed, stepSeconds)));
  const quiet = quietDays === 0 ? [] : [watchQuiet(60, quietDays), watchQuiet(5, quietDays * fineShare)];
  const report = reportForecasts(stepSeconds, cases, quiet);
  saveResult(`forecast-${stepSeconds}s`, report);
  const screen = createScreen();
  if (options.json === true) printJson(screen, report);
  else screen.print(...renderForecasts(report));
}

function measure(definition: FaultDefinition, seed: number, stepSeconds: number): ForecastCase {
  const plan = drawScenario(definition, seed, stepSeconds);
  const [fault] = plan.faults;
  if (fault === undefined) throw new Error(`${plan.name} has no fault`);
  const { service, severity, startedAt } = fault;
  const graded = gradeCase({ cause: definition.cause, seed, service, severity, startedAt }, watchShop(plan, true));
  process.stderr.write(`${plan.name} is done\n`);
  return graded;
}

/** Two shops, each for half of the time. */
function watchQuiet(stepSeconds: number, days: number): QuietDays {
  const falseForecasts = [201, 202].flatMap((seed) => {
    const plan = quietScenario(seed, stepSeconds, (days * daySeconds) / 2);
    return watchShop(plan, false).foretold.map(({ forecast }) => `shop ${seed}: ${foretell(forecast)}`);
  });
  process.stderr.write(`${days} quiet days at ${stepSeconds} s are done\n`);
  return { stepSeconds, days, falseForecasts };
}
