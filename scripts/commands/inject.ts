import type { Command } from 'commander';
import { serviceNameSchema } from '../../lambdas/domain/ids.ts';
import { faultKinds } from '../../lambdas/workload/faults/definition.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { serviceNames } from '../../lambdas/workload/physics/services.ts';
import { chooseFault, type FaultChoice } from '../operator/choose-fault.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { faultSwitch } from '../operator/fault-switch.ts';
import { latelyResolved } from '../operator/lately-resolved.ts';
import { durationSeconds, oneOf } from '../operator/option-values.ts';
import { exitCodeOf, watchFault } from '../operator/watch-fault.ts';
import { answers } from '../view/approvals-page.ts';
import { catalogueLines } from '../view/catalogue-page.ts';
import { faultEvent, faultText } from '../view/fault-text.ts';
import { printJson } from '../view/json.ts';
import { createScreen, type Screen } from '../view/screen.ts';

type Options = CloudOptions & Omit<FaultChoice, 'kind'> & { readonly watch?: boolean; readonly patience: string };

const help = `
Examples:
  npm run inject -- list                         what there is
  npm run inject -- cpu --watch                  a fault of this kind, drawn by seed, followed to its end
  npm run inject -- memory --cause memory-leak --service cart --severity 0.6 --for 10m
  npm run inject -- --file my-fault.yaml         a fault of your own
  npm run inject -- clear                        take every fault away (or those on one --service)

Exit codes with --watch: 0 healed, 1 not healed, 2 a person has to answer first.`;

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('inject')
      .description('put a fault into the fleet')
      .argument('[kind]', `${faultKinds.join(', ')}; or list, or clear`),
  )
    .option('--service <name>', 'the service it strikes; drawn by the seed when left out')
    .option('--cause <name>', 'one cause of the kind; drawn by the seed when left out')
    .option('--severity <number>', '0.3 to 1', '0.8')
    .option('--for <time>', 'it ends by itself after this, such as 10m; else it has no end of its own')
    .option('--seed <number>', 'what everything left out is drawn by', '7')
    .option('--file <path>', 'a fault of your own, YAML or JSON')
    .option('--watch', 'follow it to its end')
    .option('--patience <time>', 'how long to watch at most', '30m')
    .addHelpText('after', help)
    .action(async (kind: string | undefined, options: Options) => {
      const screen = createScreen();
      if (kind === 'list') return list(options, screen);
      if (kind === 'clear') return clear(options, screen);
      return inject(kind, options, screen);
    });
}

const list = (options: Options, screen: Screen): void => {
  const catalogue = loadCatalogue();
  if (options.json === true) printJson(screen, catalogue);
  else screen.print(...catalogueLines(catalogue, screen));
};

const clear = async (options: Options, screen: Screen): Promise<void> => {
  const service = options.service === undefined ? null : oneOf('service', options.service, serviceNames);
  const operator = await connect(options);
  const cleared = await faultSwitch(operator.functions, operator.stage).clear(service);
  if (options.json === true) return printJson(screen, cleared);
  if (cleared.length === 0) return screen.print('No fault was at work.');
  screen.print(...cleared.map((fault) => `Cleared ${faultText(fault)}`));
};

const relapseNote = (service: string): string =>
  `${service} was healed within the hour: what shows there by the same signs is a relapse, and takes longer to be called resolved.`;

const inject = async (kind: string | undefined, options: Options, screen: Screen): Promise<void> => {
  const choice = { ...options, ...(kind === undefined ? {} : { kind }) };
  const limitSeconds = durationSeconds('--patience', options.patience);
  // Complaints about the choice come before anything is asked of a cloud.
  chooseFault(choice, Date.now());
  const operator = await connect(options);
  const wanted = chooseFault(choice, operator.clock.now());
  const healed = await latelyResolved(operator.incidents, operator.clock.now());
  const fault = await faultSwitch(operator.functions, operator.stage).inject(wanted);
  if (options.json !== true && healed.has(fault.service)) screen.print(screen.paint.warn(relapseNote(fault.service)));
  if (options.watch !== true) {
    if (options.json === true) return printJson(screen, fault);
    return screen.print(
      `Injected ${faultText(fault)} (seed ${fault.seed})`,
      screen.paint.quiet('npm run fleet shows what it does, npm run incidents what is made of it'),
    );
  }
  const quiet = { ...screen, print: () => undefined, draw: () => undefined, erase: () => undefined };
  const watched = await watchFault(
    operator,
    {
      service: serviceNameSchema.parse(fault.service),
      since: fault.startedAt,
      limitSeconds,
      opening: faultEvent(fault),
      onQuestion: async (question) => {
        if (options.json !== true) screen.print(...answers(question).map((line) => `    ${screen.paint.warn(line)}`));
        // On a terminal the watch goes on: the answer may come from elsewhere.
        return screen.live;
      },
    },
    options.json === true ? quiet : screen,
  );
  if (options.json === true) printJson(screen, { fault, ...watched });
  process.exitCode = exitCodeOf(watched.outcome);
};
