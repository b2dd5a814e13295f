import type { Command } from 'commander';
import { LINT, UNUSED } from '../checks/check-list.ts';
import { runAll } from '../checks/run-all.ts';

export function register(program: Command): void {
  program
    .command('lint')
    .description('check style, layers and unused code')
    .action(async () => {
      if (!(await runAll([LINT, UNUSED], process.stdout))) process.exitCode = 1;
    });
}
