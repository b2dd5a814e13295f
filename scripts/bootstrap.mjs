// The way in: `node scripts/bootstrap.mjs <verb> [options]`. Runs on a bare Node 20 with nothing installed, so it and
// scripts/bootstrap/ use built-ins only and stay plain JavaScript. It checks Node, installs what the lock file says
// when that is not there yet, and hands over to scripts/kintsugi.ts.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { handOver } from './bootstrap/hand-over.mjs';
import { complaintAboutNode, thisHost } from './bootstrap/node-version.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const complaint = complaintAboutNode(thisHost());
if (complaint === undefined) {
  const failure = await ensureDependencies(root);
  if (failure === undefined) await handOver(root, process.argv.slice(2));
  else refuse(failure);
} else {
  refuse(complaint);
}

/** @param {string} line */
function refuse(line) {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
