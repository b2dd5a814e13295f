import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { LoopReport } from '../../bench/report/report.ts';
import { summarise } from '../../bench/report/summarise.ts';
import { saveResult } from '../../bench/save-result.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { oneOf, wholeNumber } from '../operator/option-values.ts';
import { PROJECT_ROOT } from '../paths.ts';
import { drawScenario, quietScenario } from '../scenario/draw-scenarios.ts';
import { playInThreads } from '../scenario/play-in-threads.ts';
import type { PlayedScenario } from '../scenario/play-scenario.ts';
import { readScenarioFile } from '../scenario/scenario-file.ts';
import { faultLines, summaryLines, timelineLines } from '../scenario/scenario-page.ts';
import { type Healer, healers, type ScenarioPlan } from '../scenario/scenario-plan.ts';
import { type MachineDefinition, synthesiseMachine } from '../scenario/synthesise-machine.ts';
import { UserError } from '../user-error.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = {
  readonly seeds: string;
  readonly seed?: string;
  readonly days: string;
  readonly healer: string;
  readonly json?: boolean;
};

const daySeconds = 86_400;
/** The part of the quiet run at the live step is a tenth as long. */
const fineShare = 0.1;

export function register(program: Command): void {
  program
    .command('scenario <what>')
    .description('play faults against virtual time: a scenario or cause by name, a scenario file, all, or quiet')
    .option('--seeds <number>', 'all, or a cause: how many draws of each', '3')
    .option('--seed <number>', 'a cause: this draw alone')
    .option('--days <number>', 'quiet: how many days at 60 s, and a tenth of them at 5 s', '30')
    .option('--healer <name>', `who answers: ${healers.join(', ')}`, 'kintsugi')
    .option('--json', 'print one JSON object')
    .action(run);
}

const run = async (what: string, options: Options): Promise<void> => {
  const healer = oneOf('healer', options.healer, healers);
  const plans = plansFor(what, options);
  const screen = createScreen();
  const definitions = new Map<number, MachineDefinition>();
  for (const { stepSeconds } of plans) {
    if (!definitions.has(stepSeconds)) definitions.set(stepSeconds, synthesiseMachine(stepSeconds));
  }
  const requests = plans.flatMap((plan) => {
    const definition = definitions.get(plan.stepSeconds);
    return definition === undefined ? [] : [{ plan, definition, healer }];
  });
  let done = 0;
  const played = await playInThreads(requests, ({ name, faults, failures }) => {
    done += 1;
    const outcomes = faults.map(({ outcome }) => outcome).join(', ');
    if (plans.length > 1) process.stderr.write(`${done} of ${plans.length}: ${name} ${outcomes}\n`);
    for (const failure of failures) process.stderr.write(`execution failed: ${failure}\n`);
  });
  const report = totals(plans, played);
  keep(what, healer, report);
  if (options.json === true) return printJson(screen, report);
  const [only] = played;
  if (played.length === 1 && only !== undefined) screen.print(...timelineLines(only, screen), '');
  if (report.faults.length > 0) screen.print(...faultLines(report.faults, screen), '');
  screen.print(...played.flatMap(falseIncidentLines), ...summaryLines(report));
};

const plansFor = (what: string, options: Options): readonly ScenarioPlan[] => {
  const catalogue = loadCatalogue();
  if (what === 'quiet') return quietPlans(options);
  const count = wholeNumber('--seeds', options.seeds, 1, 100);
  const seeds =
    options.seed === undefined
      ? Array.from({ length: count }, (_, index) => index + 1)
      : [wholeNumber('--seed', options.seed, 0, 1_000_000)];
  if (what === 'all') return catalogue.flatMap((definition) => seeds.map((seed) => drawScenario(definition, seed, 5)));
  const named = join(PROJECT_ROOT, 'scenarios', `${what}.yaml`);
  if (existsSync(named)) return [readScenarioFile(named, catalogue)];
  const cause = catalogue.find((definition) => definition.cause === what);
  if (cause !== undefined) return seeds.map((seed) => drawScenario(cause, seed, 5));
  if (existsSync(what)) return [readScenarioFile(what, catalogue)];
  const causes = catalogue.map((definition) => definition.cause).join(', ');
  throw new UserError(`There is no scenario, cause or file '${what}'. Also: all, quiet. Causes: ${causes}.`);
};

const quietPlans = (options: Options): readonly ScenarioPlan[] => {
  const days = wholeNumber('--days', options.days, 1, 365);
  return [
    ...stretches(5, days * fineShare * daySeconds),
    ...stretches(60, days * daySeconds).map((plan) => ({ ...plan, seed: plan.seed + 100 })),
  ];
};

/** Two shops, each for half of the time, so that two cores are busy. */
const stretches = (stepSeconds: number, seconds: number): readonly ScenarioPlan[] =>
  [1, 2].map((seed) => quietScenario(seed, stepSeconds, seconds / 2));

const totals = (plans: readonly ScenarioPlan[], played: readonly PlayedScenario[]): LoopReport => {
  const sum = (figure: (one: PlayedScenario) => number) => played.reduce((total, one) => total + figure(one), 0);
  return summarise(
    played.flatMap(({ faults }) => faults),
    {
      falseIncidents: sum(({ falseIncidents }) => falseIncidents.length),
      quietSeconds: sum(({ quietSeconds }) => quietSeconds),
      quietModelCalls: sum(({ quietModelCalls }) => quietModelCalls),
      stepSeconds: Math.min(...plans.map(({ stepSeconds }) => stepSeconds)),
      modelCalls: sum(({ modelCalls }) => modelCalls),
    },
  );
};

const falseIncidentLines = ({ name, falseIncidents }: PlayedScenario): readonly string[] =>
  falseIncidents.map(
    ({ afterSeconds, title }) => `false incident in ${name} after ${Math.round(afterSeconds)} s: ${title}`,
  );

const keep = (what: string, healer: Healer, report: LoopReport): void => {
  const name = what.replaceAll(/[^a-z0-9-]+/gi, '-');
  saveResult(`scenario-${name}-${healer}`, report);
};
