import type { Command } from 'commander';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { printJson } from '../view/json.ts';
import { learntLines } from '../view/learnt-page.ts';
import { createScreen } from '../view/screen.ts';
import { count } from '../view/text.ts';

export function register(program: Command): void {
  withCloudOptions(
    program.command('learnt').description('list what helped after failures of language models, or forget it'),
  )
    .option('--clear', 'forget all of it')
    .action(async (options: CloudOptions & { readonly clear?: boolean }) => {
      const { lessons, clock } = await connect(options);
      const screen = createScreen();
      if (options.clear === true) {
        const cleared = await lessons.clear();
        if (options.json === true) printJson(screen, { cleared });
        else screen.print(`${count(cleared, 'lesson')} forgotten`);
        return;
      }
      const learnt = await lessons.list();
      if (options.json === true) printJson(screen, learnt);
      else screen.print(...learntLines(learnt, clock.now(), screen));
    });
}
