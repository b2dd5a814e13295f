import type { Command } from 'commander';
import { defaultStage } from '../../lambdas/contract/stage.ts';
import { endToEnd } from '../checks/check-list.ts';
import { runAll, withReportFolder } from '../checks/run-all.ts';
import { requireCloud } from '../cloud/deploy.ts';
import { cloudTarget } from '../cloud/guard.ts';
import { refuseDeployed } from '../cloud/refuse-deployed.ts';

export function register(program: Command): void {
  program
    .command('test:e2e')
    .description('run the end-to-end tests, which deploy a stack and remove it again')
    .option('--endpoint <url>', 'the local cloud to run them on; without one an embedded cloud is started for them')
    .action(async ({ endpoint }: { endpoint?: string }) => {
      if (endpoint !== undefined) await requireEmpty(endpoint);
      const ok = await withReportFolder((folder) => runAll([endToEnd(folder, endpoint)], process.stdout));
      if (!ok) process.exitCode = 1;
    });
}

async function requireEmpty(endpoint: string): Promise<void> {
  const target = cloudTarget({ endpoint });
  await requireCloud(target);
  await refuseDeployed(target, defaultStage);
}
