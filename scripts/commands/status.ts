import type { Command } from 'commander';
import { defaultStage } from '../../lambdas/contract/stage.ts';
import { type CloudStatus, cloudStatus } from '../cloud/cloud-status.ts';
import { cloudTarget } from '../cloud/guard.ts';

type Options = { endpoint?: string; aws?: boolean; stage: string; json?: boolean };

export function register(program: Command): void {
  program
    .command('status')
    .description('say what is up, deployed and healthy, and when the last scan ran; exit code 1 when something is not')
    .option('--endpoint <url>', 'the local cloud to ask')
    .option('--aws', 'ask the AWS account of your credentials')
    .option('--stage <name>', 'the stack to ask about', defaultStage)
    .option('--json', 'answer with one JSON document')
    .action(async (options: Options) => {
      const status = await cloudStatus(cloudTarget(options), options.stage);
      console.log(options.json === true ? JSON.stringify(status, null, 2) : statusLines(status, new Date()).join('\n'));
      if (status.cloud === null || status.stack?.healthy !== true) process.exitCode = 1;
    });
}

export function statusLines({ cloud, trouble, stack, lastScanAt }: CloudStatus, now: Date): string[] {
  if (cloud === null) return [`Cloud   ${trouble}`];
  const place = 'endpoint' in cloud ? ` ${cloud.version} at ${cloud.endpoint}` : '';
  const pid = 'embeddedPid' in cloud && cloud.embeddedPid !== null ? ` (embedded, pid ${cloud.embeddedPid})` : '';
  const lines = [`Cloud   ${cloud.name}${place}${pid}`];
  if (stack === null) return [...lines, 'Stack   not deployed; `npm run deploy` does it'];
  lines.push(`Stack   ${stack.name} ${stack.status}${stack.healthy ? '' : ' (not healthy)'}`);
  return [...lines, `Scan    ${lastScanAt === null ? 'none yet' : `${ago(lastScanAt, now)} (${lastScanAt})`}`];
}

function ago(then: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(then)) / 1000));
  return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
