import { join, resolve } from 'node:path';

export const PROJECT_ROOT = resolve(import.meta.dirname, '..');
/** Everything that we make at run time and git ignores. */
export const LOCAL_FOLDER = join(PROJECT_ROOT, '.kintsugi');
/** The state of the cloud that `npm run up` starts; tests have their own folders. */
export const CLOUD_STATE = join(LOCAL_FOLDER, 'cloud');
export const BINARIES = join(PROJECT_ROOT, 'node_modules', '.bin');
