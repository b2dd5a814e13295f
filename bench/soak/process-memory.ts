import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type ProcessMemory = {
  /** Resident bytes of the process itself. */
  readonly own: number;
  /** Resident bytes of everything it started, in any generation. */
  readonly started: number;
};

/** Null when there is no such process. */
export const readProcessMemory = async (pid: number): Promise<ProcessMemory | null> => {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  return memoryOf(stdout, pid);
};

/** Reads a listing of pid, parent and resident kilobytes. */
export const memoryOf = (listing: string, pid: number): ProcessMemory | null => {
  const processes = listing
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([id, parent, kilobytes]) =>
      id === undefined || parent === undefined || kilobytes === undefined ? [] : [{ id, parent, kilobytes }],
    );
  const own = processes.find((process) => process.id === pid);
  if (own === undefined) return null;
  const family = new Set([pid]);
  let before = 0;
  while (family.size > before) {
    before = family.size;
    for (const process of processes) if (family.has(process.parent)) family.add(process.id);
  }
  const started = processes
    .filter((process) => process.id !== pid && family.has(process.id))
    .reduce((sum, process) => sum + process.kilobytes, 0);
  return { own: own.kilobytes * 1024, started: started * 1024 };
};
