// Stopping processes by their pid, politely first.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether this pid still belongs to the program we started: pids are given out again. */
export function runsProgram(pid: number, word: string): boolean {
  return isAlive(pid) && !isZombie(pid) && commandLine(pid).includes(word);
}

/** Asks the process to end, waits, and ends it by force when it does not. Says how it went. */
export async function stopProcess(pid: number, patienceMs: number): Promise<'stopped' | 'killed'> {
  signal(pid, 'SIGTERM');
  if (await goneWithin(pid, patienceMs)) return 'stopped';
  signal(pid, 'SIGKILL');
  await goneWithin(pid, 5_000);
  return 'killed';
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone, which is what we are after.
  }
}

async function goneWithin(pid: number, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (isAlive(pid) && !isZombie(pid)) {
    if (performance.now() > until) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** Ended, but its parent has not asked for its exit code: for us that is gone. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
