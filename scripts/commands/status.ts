import type { Command } from 'commander';
import { defaultStage } from '../../lambdas/contract/stage.ts';
import { learningSamples, learningSeconds } from '../../lambdas/domain/detectors/expectation.ts';
import { type CloudStatus, cloudStatus } from '../cloud/cloud-status.ts';
import { cloudTarget } from '../cloud/guard.ts';
import type { WholeScan } from '../cloud/scan-overview.ts';
import { count, plain } from '../view/text.ts';
import { troubleText } from '../view/trouble-text.ts';

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

export function statusLines({ cloud, trouble, stack, lastScanAt, scan }: CloudStatus, now: Date): string[] {
  if (cloud === null) return [`Cloud   ${trouble}`];
  const place = 'endpoint' in cloud ? ` ${cloud.version} at ${cloud.endpoint}` : '';
  const pid = 'embeddedPid' in cloud && cloud.embeddedPid !== null ? ` (embedded, pid ${cloud.embeddedPid})` : '';
  const lines = [`Cloud   ${cloud.name}${place}${pid}`];
  if (stack === null) return [...lines, 'Stack   not deployed; `npm run deploy` does it'];
  lines.push(`Stack   ${stack.name} ${stack.status}${stack.healthy ? '' : ' (not healthy)'}`);
  lines.push(`Scan    ${lastScanAt === null ? 'none yet' : `${ago(lastScanAt, now)} (${lastScanAt})`}`);
  if (scan === null) return lines;
  lines.push(`Series  ${scan.series} in ${count(scan.shards, 'shard')}`);
  if (scan.learning > 0) lines.push(`Learns  ${scan.learning} of them: ${learningText(scan, now)}`);
  const { inTrouble, recovering } = scan.muted;
  if (inTrouble + recovering > 0) lines.push(`Muted   ${troubleText(scan.muted)}: npm run mutes`);
  const late = scan.late.map(({ shard, reason, readTo }) => {
    const read = readTo === 0 ? 'never read' : `read up to ${ago(new Date(readTo).toISOString(), now)}`;
    return `Late    ${shard}, ${read}: ${plain(reason)}`;
  });
  const budgets = scan.budgets.flatMap(({ objective: { service, succeed, days }, used, burn }) =>
    used === null
      ? []
      : [
          `Budget  ${service}: ${(100 * used).toFixed(1)} % of ${days} days at ${succeed} % used${burn === null ? '' : `, burning ${burn.toFixed(1)} times as fast as it would last`}`,
        ],
  );
  return [...lines, ...budgets, ...late, ...scan.troubles.map((trouble) => `Trouble ${plain(trouble)}`)];
}

/** What learning means, and until when it lasts. */
function learningText({ learningUntil }: WholeScan, now: Date): string {
  const judged = `each raises nothing until it has ${learningSamples} points over ${learningSeconds / 60} minutes`;
  if (learningUntil === null) return `${judged}; watched long enough, but they speak seldom`;
  const minutes = Math.max(1, Math.ceil((learningUntil - now.getTime()) / 60_000));
  return `${judged}, the newest in ${minutes} min if it speaks often enough`;
}

function ago(then: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(then)) / 1000));
  return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
