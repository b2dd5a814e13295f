// Remembers in a state folder which process serves it.
import { readFile, rm, writeFile } from 'node:fs/promises';
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

/** False when the folder already belongs to another: of two that start at once, one becomes its cloud. */
export async function claimFolder(stateDir: string, value: Running): Promise<boolean> {
  try {
    // Fails when the file is there, in one step: looking first and writing then would let both through.
    await writeFile(fileIn(stateDir), JSON.stringify(value), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

export async function forgetRunning(stateDir: string): Promise<void> {
  await rm(fileIn(stateDir), { force: true });
}
