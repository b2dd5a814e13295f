import { spawn } from 'node:child_process';
import type { Python } from './find-python.ts';

export type PipResult = { code: number; output: string };

/** One quiet run of pip; it fails soon instead of retrying for a minute when there is no network. */
export function runPip(python: Python, args: readonly string[]): Promise<PipResult> {
  const quiet = ['--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '20'];
  const child = spawn(python.command, ['-m', 'pip', ...args, ...quiet], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A person's pip.conf may ask for a user or prefix installation, which --target refuses.
    env: { ...process.env, PIP_USER: '0', PIP_ROOT_USER_ACTION: 'ignore', PYTHONDONTWRITEBYTECODE: '1' },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => {
    child.on('error', (error) => done({ code: 127, output: error.message }));
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}
