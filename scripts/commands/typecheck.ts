import type { Command } from 'commander';
import { TYPES } from '../checks/check-list.ts';
import { runAll } from '../checks/run-all.ts';

export function register(program: Command): void {
  program
    .command('typecheck')
    .description('check the types')
    .action(async () => {
      if (!(await runAll([TYPES], process.stdout))) process.exitCode = 1;
    });
}
