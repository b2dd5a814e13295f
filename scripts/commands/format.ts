import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Command } from 'commander';
import { BINARIES, PROJECT_ROOT } from '../paths.ts';

export function register(program: Command): void {
  program
    .command('format')
    .description('format the sources and mend what can be mended safely')
    .argument('[paths...]', 'only these')
    .action((paths: string[]) => {
      const { status } = spawnSync(join(BINARIES, 'biome'), ['check', '--write', ...paths], {
        cwd: PROJECT_ROOT,
        stdio: 'inherit',
      });
      process.exitCode = status ?? 1;
    });
}
