// One run of `npm ci`, with a line that shows that it lives and how long it has been at it.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ code: number, output: string, logFile: string }} InstallResult */

// prefer-offline: what the cache holds is not asked for again, so a warm cache needs no network.
// The retry limits tell a person without a network so after seconds instead of minutes.
const ARGUMENTS = [
  'ci',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];

/**
 * @param {string} root
 * @returns {Promise<InstallResult>}
 */
export async function runNpmCi(root) {
  const progress = startProgress('Installing dependencies from package-lock.json');
  const { command, args } = npmCommand();
  const child = spawn(command, [...args, ...ARGUMENTS], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  /** @type {number} */
  const code = await new Promise((done) => {
    child.on('error', (error) => {
      output += String(error);
      done(127);
    });
    child.on('close', (exitCode) => done(exitCode ?? 1));
  });
  progress.stop(code === 0 ? 'done' : 'failed');
  return { code, output, logFile: code === 0 ? '' : keepLog(root, output) };
}

/** @param {InstallResult} result */
export function explainInstallFailure({ code, output, logFile }) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ECONNRESET|ENOTCACHED/.test(output))
    return 'The dependencies could not be fetched: no network, and they are not all in the npm cache. Connect once and run the command again.';
  if (/ENOSPC/.test(output))
    return 'The disk is full: about 700 MB are needed for node_modules. Make room and run the command again.';
  if (code === 127)
    return 'npm was not found: install Node 24 with npm from https://nodejs.org and run the command again.';
  return `npm ci failed; its output is in ${logFile}.`;
}

/** The npm that started us when there is one, so that a host with several uses the one it asked for. */
function npmCommand() {
  const path = process.env['npm_execpath'];
  if (path?.endsWith('npm-cli.js')) return { command: process.execPath, args: [path] };
  return { command: 'npm', args: [] };
}

/** @param {string} title */
function startProgress(title) {
  const started = performance.now();
  const line = () => `${title}: ${Math.round((performance.now() - started) / 1000)} s`;
  const live = process.stderr.isTTY === true;
  if (!live) process.stderr.write(`${title} (about 700 MB, half a minute or more)\n`);
  const timer = setInterval(() => process.stderr.write(live ? `\r${line()}` : `${line()}\n`), live ? 1000 : 10_000);
  return {
    /** @param {string} outcome */
    stop(outcome) {
      clearInterval(timer);
      process.stderr.write(`${live ? '\r' : ''}${line()}, ${outcome}\n`);
    },
  };
}

/**
 * @param {string} root
 * @param {string} output
 */
function keepLog(root, output) {
  const folder = join(root, '.kintsugi');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'npm-ci.log');
  writeFileSync(file, output);
  return file;
}
