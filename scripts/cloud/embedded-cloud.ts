// The life of a MiniStack that is ours: started in its own state folder, known by the pid written there.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../user-error.ts';
import { embeddedEnvironment } from './embedded-environment.ts';
import { findPython } from './find-python.ts';
import { identifyCloud } from './identify-cloud.ts';
import { installMinistack } from './install-ministack.ts';
import { clearState, isInUse, markInUse } from './kept-state.ts';
import { localEndpoint } from './local-environment.ts';
import { isAlive, runsProgram, stopProcess } from './process-life.ts';
import { claimFolder, forgetRunning, readRunning } from './running-file.ts';

export type EmbeddedOptions = {
  port: number;
  /** Everything it writes goes here: pid, log, state, temporary files. */
  stateDir: string;
  /** Keep its state over a clean stop, and find it again at the next start. */
  persist?: boolean;
  /** It ends when this process does, however that ended. Without one it lives until it is stopped. */
  ownerPid?: number;
  say?: (line: string) => void;
};

export type EmbeddedCloud = { port: number; pid: number; endpoint: string; stop: () => Promise<StopOutcome> };
export type StopOutcome = 'stopped' | 'killed' | 'not running';

const START_LIMIT_MS = 30_000;
const POLL_MS = 50;
/** Long enough to write a few hundred MB of state on a busy machine; a stop that hangs longer lost it anyway. */
const STOP_PATIENCE_MS = 60_000;
const LAUNCHER = join(import.meta.dirname, 'run_ministack.py');
/** What its command line says, by which we know it again. */
const PROGRAM = 'run_ministack.py';

/** Starts it detached: it lives on after us until it is stopped. */
export async function startEmbeddedCloud({
  port,
  stateDir,
  persist = false,
  ownerPid,
  say = () => undefined,
}: EmbeddedOptions): Promise<EmbeddedCloud> {
  // In this order: a mark that is there before no cloud is found was left by one that is gone.
  const wasInUse = await isInUse(stateDir);
  await refuseSecond(stateDir);
  const ministack = await installMinistack(await findPython(), say);
  for (const folder of ['tmp', 'home', 'state', 's3']) await mkdir(join(stateDir, folder), { recursive: true });
  if (wasInUse) {
    say('The embedded cloud was ended by force last time, which loses its state: it starts empty');
    await clearState(stateDir);
  }
  // The functions' workers are written below this folder as plain scripts; the project around it has ES modules.
  await writeFile(join(stateDir, 'package.json'), '{ "type": "commonjs" }\n');
  const logFile = join(stateDir, 'cloud.log');
  const edition = `embedded in Kintsugi, ${randomUUID()}`;
  const log = openSync(logFile, 'w');
  const child = spawn(ministack.python, [LAUNCHER], {
    cwd: join(stateDir, 'home'),
    env: embeddedEnvironment({ port, stateDir, persist, packages: ministack.packages, ownerPid, edition }),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const pid = await pidOf(child);
  child.unref();
  if (!(await claimFolder(stateDir, { pid, port }))) {
    await stopProcess(pid, STOP_PATIENCE_MS);
    throw new UserError('Another command is starting the embedded cloud at this moment: run this one again.');
  }
  await untilHealthy({ pid, port, edition, stateDir, logFile });
  if (persist) await markInUse(stateDir);
  return { port, pid, endpoint: localEndpoint(port), stop: () => stopEmbeddedCloud(stateDir) };
}

/** Stops the one that was started in this folder, and no other. */
export async function stopEmbeddedCloud(stateDir: string): Promise<StopOutcome> {
  const running = await findEmbeddedCloud(stateDir);
  if (running === undefined) return 'not running';
  const outcome = await stopProcess(running.pid, STOP_PATIENCE_MS);
  await forgetRunning(stateDir);
  return outcome;
}

/** The one that was started in this folder, while it lives. */
export async function findEmbeddedCloud(stateDir: string): Promise<{ pid: number; port: number } | undefined> {
  const running = await readRunning(stateDir);
  return running !== undefined && runsProgram(running.pid, PROGRAM) ? running : undefined;
}

async function refuseSecond(stateDir: string): Promise<void> {
  const running = await findEmbeddedCloud(stateDir);
  if (running !== undefined)
    throw new UserError(
      `The embedded cloud already runs on port ${running.port} (pid ${running.pid}): \`npm run down\` stops it.`,
    );
  // Left by one that was killed, or not: nothing of ours lives there.
  await forgetRunning(stateDir);
}

function pidOf(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((done, fail) => {
    child.once('error', (cause) =>
      fail(new UserError(`The embedded cloud did not start: ${cause.message}`, { cause })),
    );
    child.once('spawn', () =>
      child.pid === undefined ? fail(new Error('a started process has no pid')) : done(child.pid),
    );
  });
}

type Start = { pid: number; port: number; edition: string; stateDir: string; logFile: string };

async function untilHealthy({ pid, port, edition, stateDir, logFile }: Start): Promise<void> {
  const until = performance.now() + START_LIMIT_MS;
  while (performance.now() < until) {
    if (!isAlive(pid)) {
      await forgetRunning(stateDir);
      throw new UserError(`The embedded cloud stopped at once: ${await lastLine(logFile)} (all of it: ${logFile})`);
    }
    const answer = await identifyCloud(localEndpoint(port), 1_000);
    if (answer.state === 'cloud' && answer.edition === edition) return;
    await delay(POLL_MS);
  }
  await stopEmbeddedCloud(stateDir);
  throw new UserError(`The embedded cloud did not answer within ${START_LIMIT_MS / 1000} s; its log is ${logFile}.`);
}

async function lastLine(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trim().split('\n').at(-1) || 'it said nothing';
}
