// Which Node can run us. Node 22.18 is the first that runs TypeScript as it is; on Linux x64 the dependencies bring
// Node 24 along, so there Node 20 is enough to get started.
import { existsSync } from 'node:fs';

/**
 * @typedef {object} Host
 * @property {string} version Node's version without the leading v
 * @property {string} platform
 * @property {string} arch
 * @property {boolean} runsBundledNode whether the Node 24 among the dependencies can run here
 */

/** The program that starts a glibc executable; musl systems lack it and cannot run the bundled Node. */
const GLIBC_LOADER = '/lib64/ld-linux-x86-64.so.2';

/** @returns {Host} */
export function thisHost() {
  const { platform, arch } = process;
  return {
    // The variable lets a test, or a curious person, see what another Node would be told.
    version: process.env['KINTSUGI_FAKE_NODE_VERSION'] ?? process.versions.node,
    platform,
    arch,
    runsBundledNode: platform === 'linux' && arch === 'x64' && existsSync(GLIBC_LOADER),
  };
}

/**
 * @param {Host} host
 * @returns {string | undefined} one line for the person, or nothing when all is well
 */
export function complaintAboutNode(host) {
  const needed = host.runsBundledNode ? '20' : '22.18';
  if (isAtLeast(host.version, needed)) return undefined;
  return `Kintsugi needs Node ${needed} or newer on ${host.platform} ${host.arch}; this is Node ${host.version}. Install Node 24 from https://nodejs.org and run the command again.`;
}

/**
 * @param {string} version
 * @param {string} wanted
 */
export function isAtLeast(version, wanted) {
  const [major = 0, minor = 0] = numbersOf(version);
  const [wantedMajor = 0, wantedMinor = 0] = numbersOf(wanted);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** @param {string} version */
function numbersOf(version) {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
