// An embedded cloud for one run of tests or of a benchmark: its own port, its own folder, gone when the run is over however it ended.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCAL_FOLDER } from '../paths.ts';
import { type EmbeddedCloud, startEmbeddedCloud } from './embedded-cloud.ts';
import { freePort } from './free-port.ts';

export type TemporaryCloud = EmbeddedCloud & { stateDir: string };

const ATTEMPTS = 3;

export async function startTemporaryCloud(): Promise<TemporaryCloud> {
  const parent = join(LOCAL_FOLDER, 'test');
  await mkdir(parent, { recursive: true });
  const stateDir = await mkdtemp(join(parent, 'cloud-'));
  const cloud = await onSomeFreePort(stateDir);
  const stop: TemporaryCloud['stop'] = async () => {
    const outcome = await cloud.stop();
    await rm(stateDir, { recursive: true, force: true });
    return outcome;
  };
  return { ...cloud, stateDir, stop };
}

/** Between finding a free port and using it another process may have taken it. */
async function onSomeFreePort(stateDir: string): Promise<EmbeddedCloud> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startEmbeddedCloud({ port: await freePort(), stateDir, ownerPid: process.pid });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
