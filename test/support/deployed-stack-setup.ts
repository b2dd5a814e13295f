import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { defaultStage } from '../../lambdas/contract/stage.ts';
import { deploy, destroy } from '../../scripts/cloud/deploy.ts';
import { localEndpointOf } from '../../scripts/cloud/guard.ts';
import { refuseDeployed } from '../../scripts/cloud/refuse-deployed.ts';
import { startTemporaryCloud } from '../../scripts/cloud/temporary-cloud.ts';

/** A cloud with the stack on it for the end-to-end tests: the one that was named, left as it was found, or our own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env['KINTSUGI_E2E_ENDPOINT'];
  const workDir = await mkdtemp(join(tmpdir(), 'kintsugi-e2e-'));
  const cloud = named === undefined ? await startTemporaryCloud() : undefined;
  const endpoint = cloud?.endpoint ?? localEndpointOf({ endpoint: named }, {});
  const target = { kind: 'local', endpoint } as const;
  const tidy = async (): Promise<void> => {
    if (cloud === undefined) await destroy({ target, workDir });
    else await cloud.stop();
    await rm(workDir, { recursive: true, force: true });
  };
  try {
    await refuseDeployed(target, defaultStage);
    await deploy({ target, workDir });
  } catch (error) {
    // The folder stays: the error names a log in it.
    await cloud?.stop();
    throw error;
  }
  project.provide('endpoint', endpoint);
  project.provide('stage', defaultStage);
  return tidy;
}
