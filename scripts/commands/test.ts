import type { Command } from 'commander';
import { allChecks } from '../checks/check-list.ts';
import { runAll, withReportFolder } from '../checks/run-all.ts';
import { oneOf } from '../operator/option-values.ts';

export function register(program: Command): void {
  program
    .command('test')
    .description('run every check and every test, on clouds of its own; nothing that is up is touched')
    .option('--only <checks...>', 'some of them: style, unused, types, tests, e2e')
    .action(async ({ only }: { only?: string[] }) => {
      const ok = await withReportFolder((folder) => {
        const checks = allChecks(folder);
        const ids = checks.map(({ id }) => id);
        const wanted = only?.map((id) => oneOf('check', id, ids)) ?? ids;
        const chosen = checks.filter(({ id }) => wanted.includes(id));
        return runAll(chosen, process.stdout);
      });
      if (!ok) process.exitCode = 1;
    });
}
