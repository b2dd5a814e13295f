// Two commands started at once must not both write node_modules. The lock is a folder, because making one is atomic
// on every file system; the pid in it tells a lock that is held from one whose holder was killed.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 250;
/** A lock without a pid after this long was left by a command killed in the very act of taking it. */
const PID_WRITTEN_WITHIN_MS = 5_000;

/**
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withInstallLock(root, work) {
  const lock = join(root, '.kintsugi', 'install.lock');
  mkdirSync(join(root, '.kintsugi'), { recursive: true });
  let told = false;
  while (!tryToHold(lock)) {
    if (!told) process.stderr.write('Another command is installing the dependencies; waiting for it.\n');
    told = true;
    await delay(POLL_MS);
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} lock */
function tryToHold(lock) {
  const pidFile = join(lock, 'pid');
  try {
    mkdirSync(lock);
  } catch {
    if (isHeld(lock, pidFile)) return false;
    rmSync(lock, { recursive: true, force: true });
    return false;
  }
  writeFileSync(pidFile, String(process.pid));
  return true;
}

/**
 * @param {string} lock
 * @param {string} pidFile
 */
function isHeld(lock, pidFile) {
  let pid = 0;
  try {
    pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  } catch {
    return isYoung(lock);
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} lock */
function isYoung(lock) {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made < PID_WRITTEN_WITHIN_MS;
}
