// What `npm run status` tells, as data.
import { CLOUD_STATE } from '../paths.ts';
import { findEmbeddedCloud } from './embedded-cloud.ts';
import { CLOUD_NAMES } from './ensure-cloud.ts';
import type { CloudTarget } from './guard.ts';
import { identifyCloud } from './identify-cloud.ts';
import { lastScan } from './last-scan.ts';
import { scanOverview, type WholeScan } from './scan-overview.ts';
import { describeStack, isHealthy } from './stack.ts';

export type CloudStatus = {
  cloud: { endpoint: string; name: string; version: string; embeddedPid: number | null } | { name: 'AWS' } | null;
  /** Why nothing usable answers, when `cloud` is null. */
  trouble: string | null;
  stack: { name: string; status: string; healthy: boolean; updatedAt: string | null } | null;
  lastScanAt: string | null;
  /** What the last whole pass saw; null when there was none yet. */
  scan: WholeScan | null;
};

export async function cloudStatus(target: CloudTarget, stage: string): Promise<CloudStatus> {
  const cloud = await cloudOf(target);
  if (typeof cloud === 'string') return { cloud: null, trouble: cloud, stack: null, lastScanAt: null, scan: null };
  const stack = await describeStack(target, stage);
  return {
    cloud,
    trouble: null,
    stack:
      stack === undefined
        ? null
        : {
            name: stage,
            status: stack.status,
            healthy: isHealthy(stack),
            updatedAt: stack.updatedAt?.toISOString() ?? null,
          },
    lastScanAt: stack === undefined ? null : ((await lastScan(target, stage))?.toISOString() ?? null),
    scan: stack === undefined ? null : await scanOverview(target, stage, stack),
  };
}

async function cloudOf(target: CloudTarget): Promise<Exclude<CloudStatus['cloud'], null> | string> {
  if (target.kind === 'aws') return { name: 'AWS' };
  const { endpoint } = target;
  const answer = await identifyCloud(endpoint);
  if (answer.state === 'nothing') return `nothing answers at ${endpoint}; \`npm run up\` starts a cloud`;
  if (answer.state === 'other') return `${endpoint} is taken: ${answer.why}`;
  const embedded = await findEmbeddedCloud(CLOUD_STATE);
  const isOurs = embedded !== undefined && Number(new URL(endpoint).port) === embedded.port;
  return {
    endpoint,
    name: CLOUD_NAMES[answer.kind],
    version: answer.version,
    embeddedPid: isOurs ? embedded.pid : null,
  };
}
