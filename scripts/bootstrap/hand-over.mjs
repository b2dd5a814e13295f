// Runs scripts/kintsugi.ts on the best Node there is: in this very process when that is Node 24, else in a child whose
// exit code and signals are ours.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isAtLeast, thisHost } from './node-version.mjs';

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {string} root
 * @param {string[]} args
 */
export async function handOver(root, args) {
  const program = join(root, 'scripts', 'kintsugi.ts');
  const binaries = join(root, 'node_modules', '.bin');
  // Whatever we start (cdk, vitest, the emulator's functions) asks for `node` and must get the same one.
  process.env['PATH'] = [binaries, process.env['PATH'] ?? ''].join(delimiter);
  const node = chooseNode(binaries);
  if (node === undefined) {
    process.argv = [process.execPath, program, ...args];
    await import(pathToFileURL(program).href);
  } else {
    await runChild(node, [program, ...args]);
  }
}

/**
 * @param {string} binaries
 * @returns {string | undefined} nothing when this process will do
 */
function chooseNode(binaries) {
  if (isAtLeast(process.versions.node, '24')) return undefined;
  const bundled = join(binaries, 'node');
  return thisHost().runsBundledNode && existsSync(bundled) ? bundled : process.execPath;
}

/**
 * @param {string} node
 * @param {string[]} args
 */
async function runChild(node, args) {
  // Node 22 calls running TypeScript an experiment and says so on every start.
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' });
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal));
  await new Promise((done) => {
    child.on('error', (error) => {
      process.stderr.write(
        `${node} could not be started (${error.message}): delete node_modules and run the command again.\n`,
      );
      process.exitCode = 1;
      done(undefined);
    });
    child.on('close', (code, signal) => {
      process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      done(undefined);
    });
  });
}
