import type { Command } from 'commander';
import { incidentStates } from '../../lambdas/domain/incident/incident.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { listIncidents } from '../operator/list-incidents.ts';
import { oneOf, wholeNumber } from '../operator/option-values.ts';
import { incidentsLines } from '../view/incidents-page.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = CloudOptions & { readonly state?: string; readonly limit: string };

export function register(program: Command): void {
  withCloudOptions(program.command('incidents').description('list incidents, newest first'))
    .option('--state <state>', `only those in one state: ${incidentStates.join(', ')}`)
    .option('--limit <number>', 'how many at most', '20')
    .action(async (options: Options) => {
      const limit = wholeNumber('--limit', options.limit, 1, 500);
      const states = options.state === undefined ? incidentStates : [oneOf('state', options.state, incidentStates)];
      const { incidents, clock } = await connect(options);
      const found = await listIncidents(incidents, limit, states);
      const screen = createScreen();
      if (options.json === true) printJson(screen, found);
      else screen.print(...incidentsLines(found, clock.now(), screen));
    });
}
