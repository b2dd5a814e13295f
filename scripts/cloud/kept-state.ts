// The emulator writes what it keeps while it ends. One that was ended by force left half of it, or what was there before.
import { access, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const STATE_FOLDERS = ['state', 's3'];

/** Lies in the folder while a cloud uses its state. The cloud itself takes it away, as the last thing it does. */
export const markIn = (stateDir: string): string => join(stateDir, 'state-in-use');

export async function markInUse(stateDir: string): Promise<void> {
  await writeFile(markIn(stateDir), '');
}

/** Without a cloud that uses it: it was ended by force. */
export const isInUse = (stateDir: string): Promise<boolean> =>
  access(markIn(stateDir)).then(
    () => true,
    () => false,
  );

/** Clears what was left: with half of a state a stack looks deployed and is not. */
export async function clearState(stateDir: string): Promise<void> {
  for (const folder of STATE_FOLDERS) {
    const path = join(stateDir, folder);
    for (const name of await readdir(path)) await rm(join(path, name), { recursive: true, force: true });
  }
  await rm(markIn(stateDir), { force: true });
}
