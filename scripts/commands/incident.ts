import type { Command } from 'commander';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { findIncident } from '../operator/find-incident.ts';
import { readIncidentRecord } from '../operator/incident-record.ts';
import { UserError } from '../user-error.ts';
import { incidentLines } from '../view/incident-page.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('incident')
      .description('show one incident: timeline, evidence, reasoning, plan, actions, verification, archive')
      .argument('[id]', 'its id, the beginning or end of it, or `last`', 'last'),
  ).action(async (asked: string, options: CloudOptions) => {
    const operator = await connect(options);
    const id = await findIncident(operator.incidents, asked);
    const record = await readIncidentRecord(operator, id);
    if (record === null) throw new UserError(`There is no incident ${id}: npm run incidents`);
    const screen = createScreen();
    if (options.json === true) printJson(screen, record);
    else screen.print(...incidentLines(record, operator.clock.now(), screen));
  });
}
