// Runs cdk (AWS) or cdklocal (a local cloud) under a time limit, with its output in a file.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { BINARIES, PROJECT_ROOT } from '../paths.ts';
import { UserError } from '../user-error.ts';
import type { CloudTarget } from './guard.ts';
import { localEnvironment } from './local-environment.ts';

export type CdkRun = {
  args: readonly string[];
  target: CloudTarget;
  /** Its folder for output and logs: two deploys side by side must not share one. */
  workDir: string;
  limitSeconds: number;
  /** Where the app is; the project when not told otherwise. */
  appDir?: string;
};

/** Resolves with the output, or throws one line with what went wrong. */
export async function runCdk({ args, target, workDir, limitSeconds, appDir = PROJECT_ROOT }: CdkRun): Promise<string> {
  await mkdir(workDir, { recursive: true });
  const logFile = join(workDir, `cdk-${args[0] ?? 'run'}.log`);
  const program = join(BINARIES, target.kind === 'aws' ? 'cdk' : 'cdklocal');
  const child = spawn(program, [...args, '--output', join(workDir, 'cdk.out')], {
    cwd: appDir,
    env: environmentFor(target),
    stdio: ['ignore', 'pipe', 'pipe'],
    // cdklocal starts cdk, which starts the app: one group, so that the time limit ends all of them.
    detached: true,
  });
  const endGroup = () => child.pid !== undefined && endProcessGroup(child.pid);
  process.once('exit', endGroup);
  const log = createWriteStream(logFile);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log.write(chunk);
      output += chunk.toString();
    });
  let overdue = false;
  const timer = setTimeout(() => {
    overdue = true;
    endGroup();
  }, limitSeconds * 1000);
  const code = await new Promise<number>((done, fail) => {
    child.on('error', fail);
    child.on('close', (exitCode) => done(exitCode ?? 1));
  });
  clearTimeout(timer);
  process.off('exit', endGroup);
  log.end();
  if (overdue)
    throw new UserError(
      `cdk ${args[0]} took longer than ${limitSeconds} s and was stopped; see ${logFile}, then \`npm run down\` and \`npm run up\`.`,
    );
  if (code !== 0) throw new UserError(`cdk ${args[0]} failed: ${essence(output)} (all of it: ${logFile})`);
  return output;
}

function endProcessGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Ended in the meantime.
  }
}

function environmentFor(target: CloudTarget): NodeJS.ProcessEnv {
  const path = [BINARIES, process.env['PATH'] ?? ''].join(delimiter);
  const common = { ...process.env, PATH: path, CDK_DISABLE_CLI_TELEMETRY: 'true', NO_COLOR: '1', FORCE_COLOR: '0' };
  if (target.kind === 'aws') return common;
  return { ...withoutAws(common), ...localEnvironment(target.endpoint) };
}

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(AWS|CDK_DEFAULT)_/.test(name)));
}

/** The line that names the cause, from pages of output. */
export function essence(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.findLast((line) => /❌|_FAILED|^\[?Error|error:/i.test(line));
  return (telling ?? lines.at(-1) ?? 'it said nothing').replace(/^[❌\s]+/u, '');
}
