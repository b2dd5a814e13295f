import type { Command } from 'commander';
import { allChecks } from '../checks/check-list.ts';
import { runAll, withReportFolder } from '../checks/run-all.ts';
import { UserError } from '../user-error.ts';

export function register(program: Command): void {
  program
    .command('test')
    .description('run every check and every test, on clouds of its own; nothing that is up is touched')
    .option('--only <checks...>', 'some of them: style, unused, types, tests, e2e')
    .action(async ({ only }: { only?: string[] }) => {
      const ok = await withReportFolder((folder) => {
        const checks = allChecks(folder);
        const unknown = only?.find((id) => checks.every((check) => check.id !== id));
        if (unknown !== undefined)
          throw new UserError(`There is no check '${unknown}'. Known: ${checks.map(({ id }) => id).join(', ')}.`);
        const chosen = checks.filter(({ id }) => only === undefined || only.includes(id));
        return runAll(chosen, process.stdout);
      });
      if (!ok) process.exitCode = 1;
    });
}
