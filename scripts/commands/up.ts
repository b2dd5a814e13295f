import type { Command } from 'commander';
import { CLOUD_NAMES, ensureCloud } from '../cloud/ensure-cloud.ts';

export function register(program: Command): void {
  program
    .command('up')
    .description('make sure a local cloud answers: one that is there is used, else the embedded one is started')
    .option('--endpoint <url>', 'use the cloud at this address and start none')
    .action(async (options: { endpoint?: string }) => {
      const started = performance.now();
      const cloud = await ensureCloud({ endpoint: options.endpoint, say: (line) => console.log(line) });
      const name = `${CLOUD_NAMES[cloud.kind]} ${cloud.version} at ${cloud.endpoint}`;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(cloud.startedNow ? `Started ${name} in ${seconds} s` : `Using ${name}, which was already up`);
    });
}
