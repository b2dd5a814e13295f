import type { TestProject } from 'vitest/node';
import { localEndpointOf } from '../../scripts/cloud/guard.ts';
import { startTemporaryCloud } from '../../scripts/cloud/temporary-cloud.ts';

declare module 'vitest' {
  // Tests read these by `inject('endpoint')`.
  interface ProvidedContext {
    /** Of the cloud that the tests of this project share. */
    endpoint: string;
    /** Of the stack that is deployed there; only for end-to-end tests. */
    stage: string;
  }
}

/** One cloud for all tests of a project: an embedded one, or the local one that KINTSUGI_CONTRACT_ENDPOINT names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env['KINTSUGI_CONTRACT_ENDPOINT'];
  if (named !== undefined) {
    project.provide('endpoint', localEndpointOf({ endpoint: named }, {}));
    return async () => undefined;
  }
  const cloud = await startTemporaryCloud();
  project.provide('endpoint', cloud.endpoint);
  return async () => {
    await cloud.stop();
  };
}
