// Brings node_modules in step with the lock file: not at all when a stamp says so, otherwise by `npm ci`.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from './install-lock.mjs';
import { explainInstallFailure, runNpmCi } from './npm-ci.mjs';

/**
 * @param {string} root the project's folder
 * @param {{ install?: typeof runNpmCi }} [seams]
 * @returns {Promise<string | undefined>} one line for the person when it failed
 */
export async function ensureDependencies(root, { install = runNpmCi } = {}) {
  const lock = readOrEmpty(join(root, 'package-lock.json'));
  if (lock === '') return 'package-lock.json is missing: restore it with `git checkout package-lock.json`.';
  if (isStamped(root, lock)) return undefined;
  return withInstallLock(root, async () => {
    // Another command may have installed while this one waited for its turn, or a person by hand.
    if (isStamped(root, lock)) return undefined;
    if (!isInstalled(root, lock)) {
      const result = await install(root);
      if (result.code !== 0) return explainInstallFailure(result);
    }
    writeFileSync(stampFile(root), stampOf(lock));
    return undefined;
  });
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules', '.kintsugi-stamp');
}

/** @param {string} lock */
function stampOf(lock) {
  return createHash('sha256').update(`${process.platform} ${process.arch}\n`).update(lock).digest('hex');
}

/**
 * @param {string} root
 * @param {string} lock
 */
function isStamped(root, lock) {
  return readOrEmpty(stampFile(root)) === stampOf(lock);
}

/**
 * npm keeps a list of what it put into node_modules and writes it last, so a half-done installation has none.
 * When that list holds all that the lock file asks for, a person's own `npm install` is left alone.
 * @param {string} root
 * @param {string} lock
 */
export function isInstalled(root, lock) {
  const present = packagesOf(readOrEmpty(join(root, 'node_modules', '.package-lock.json')));
  return Object.entries(packagesOf(lock)).every(
    ([path, wanted]) => path === '' || wanted.optional === true || present[path]?.version === wanted.version,
  );
}

/**
 * @param {string} lockText
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockText) {
  try {
    return JSON.parse(lockText).packages ?? {};
  } catch {
    return {};
  }
}

/** @param {string} file */
function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
