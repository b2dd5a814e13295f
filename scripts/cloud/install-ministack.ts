// Installs the embedded cloud into the project's own folder, from files whose hashes are in the repository. Nothing of
// the person's Python is changed. The wheels are kept in their cache folder, so that a second clone needs no network.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_FOLDER } from '../paths.ts';
import { UserError } from '../user-error.ts';
import type { Python } from './find-python.ts';
import { runPip } from './run-pip.ts';

const REQUIREMENTS = join(import.meta.dirname, 'ministack-requirements.txt');

export type Ministack = { python: string; packages: string };

export async function installMinistack(python: Python, say: (line: string) => void): Promise<Ministack> {
  const packages = join(LOCAL_FOLDER, 'ministack');
  const stamp = await stampFor(python);
  if ((await stampIn(packages)) === stamp) return { python: python.command, packages };

  const started = performance.now();
  say('Installing the embedded cloud into .kintsugi/ministack (50 MB, once)');
  const staging = join(LOCAL_FOLDER, `ministack.${process.pid}`);
  await mkdir(staging, { recursive: true });
  try {
    await installFromWheels(python, staging, join(cacheFolder(), 'kintsugi', `wheels-${stamp.slice(0, 16)}`));
    await writeFile(join(staging, 'stamp'), stamp);
    await moveInto(packages, staging, stamp);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  say(`Installed the embedded cloud in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return { python: python.command, packages };
}

/** The hash of what is asked for, and the interpreter's minor version: some of the packages are compiled for it. */
async function stampFor({ version }: Python): Promise<string> {
  const minor = version.split('.').slice(0, 2).join('.');
  return createHash('sha256')
    .update(`${minor} ${process.platform} ${process.arch}\n`)
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
}

async function stampIn(folder: string): Promise<string | undefined> {
  return readFile(join(folder, 'stamp'), 'utf8').catch(() => undefined);
}

async function installFromWheels(python: Python, target: string, wheels: string): Promise<void> {
  const offline = ['--no-index', '--find-links', wheels];
  const install = ['install', '--target', target, '--no-compile', '--require-hashes', '-r', REQUIREMENTS];
  if ((await runPip(python, [...install, ...offline])).code === 0) return;
  const download = await runPip(python, [
    'download',
    '--dest',
    wheels,
    '--prefer-binary',
    '--require-hashes',
    '-r',
    REQUIREMENTS,
  ]);
  if (download.code !== 0) throw explain(download.output);
  const installed = await runPip(python, [...install, ...offline]);
  if (installed.code !== 0) throw explain(installed.output);
}

function explain(output: string): UserError {
  if (/No space left/i.test(output))
    return new UserError('The disk is full: the embedded cloud needs about 100 MB. Make room and try again.');
  if (/HASHES.*DO NOT MATCH|DO NOT MATCH THE HASHES/is.test(output))
    return new UserError(
      'A package of the embedded cloud is not the one whose hash the project knows; it was not installed. Try another network or mirror.',
    );
  if (/NewConnectionError|NameResolution|ConnectionError|timed? ?out|Network is unreachable|ProxyError/i.test(output))
    return new UserError(
      'The embedded cloud could not be fetched: no network. Connect once and try again, or use LocalStack: `docker compose up -d`.',
    );
  const last =
    output.split('\n').findLast((line) => /error/i.test(line)) ?? output.trim().split('\n').at(-1) ?? 'no output';
  return new UserError(`pip could not install the embedded cloud: ${last.trim()}`);
}

/** Two commands may install at once; the second finds the same thing in place and drops its own. */
async function moveInto(packages: string, staging: string, stamp: string): Promise<void> {
  if ((await stampIn(packages)) === stamp) return;
  const old = `${packages}.old.${process.pid}`;
  await rename(packages, old).catch(() => undefined);
  await rename(staging, packages).catch(async (error: unknown) => {
    if ((await stampIn(packages)) !== stamp) throw error;
  });
  await rm(old, { recursive: true, force: true });
}

function cacheFolder(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
