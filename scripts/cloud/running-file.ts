// Remembers in a state folder which process serves it.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const running = z.object({ pid: z.int().positive(), port: z.int().positive() });
export type Running = z.infer<typeof running>;

const fileIn = (stateDir: string) => join(stateDir, 'cloud.json');

export async function readRunning(stateDir: string): Promise<Running | undefined> {
  try {
    return running.parse(JSON.parse(await readFile(fileIn(stateDir), 'utf8')));
  } catch {
    // Absent or half-written: there is no process we may claim as ours.
    return undefined;
  }
}

export async function writeRunning(stateDir: string, value: Running): Promise<void> {
  const temporary = `${fileIn(stateDir)}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(value));
  await rename(temporary, fileIn(stateDir));
}

export async function forgetRunning(stateDir: string): Promise<void> {
  await rm(fileIn(stateDir), { force: true });
}
