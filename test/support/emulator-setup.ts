import type { TestProject } from 'vitest/node';
import { startTestCloud } from './emulator.ts';

declare module 'vitest' {
  // Tests read these by `inject('endpoint')`.
  interface ProvidedContext {
    /** Of the cloud that the tests of this project share. */
    endpoint: string;
    /** Of the stack that is deployed there; only for end-to-end tests. */
    stage: string;
  }
}

/** One embedded cloud for all tests of a project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cloud = await startTestCloud();
  project.provide('endpoint', cloud.endpoint);
  return async () => {
    await cloud.stop();
  };
}
