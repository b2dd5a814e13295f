import type { Command } from 'commander';
import { tableKeys, tableNames } from '../../lambdas/contract/tables.ts';
import { browseTable, tableMeanings } from '../operator/browse-table.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { oneOf, wholeNumber } from '../operator/option-values.ts';
import { grid } from '../view/grid.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { tableLines } from '../view/table-page.ts';

type Options = CloudOptions & { readonly partition?: string; readonly limit: string };

export function register(program: Command): void {
  withCloudOptions(
    program
      .command('tables')
      .description('browse the tables; without a name, say what each holds')
      .argument('[name]', tableNames.join(', ')),
  )
    .option('--partition <key>', 'only the rows under this partition key, such as the id of an incident')
    .option('--limit <number>', 'how many rows at most', '50')
    .action(async (name: string | undefined, options: Options) => {
      const screen = createScreen();
      if (name === undefined) {
        if (options.json === true) return printJson(screen, tableMeanings);
        const rows = tableNames.map((table) => [{ text: table, colour: screen.paint.name }, tableMeanings[table]]);
        return screen.print(...grid([{ title: 'table' }, { title: 'one row is', flexible: true }], rows, screen));
      }
      const table = oneOf('table', name, tableNames);
      const limit = wholeNumber('--limit', options.limit, 1, 10_000);
      const operator = await connect(options);
      const rows = await browseTable(operator, { table, partition: options.partition ?? null, limit });
      if (options.json === true) return printJson(screen, rows);
      screen.print(...tableLines(tableKeys[table].partition, rows, screen));
      if (rows.length > 0) screen.print(screen.paint.quiet('--json shows rows whole, --partition those under one key'));
    });
}
