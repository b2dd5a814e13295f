// Deploying as a function, for `npm run deploy`, `npm start` and the end-to-end tests alike.
import { localStackInterval } from '../../lambdas/contract/scan-interval.ts';
import { UserError } from '../user-error.ts';
import type { CloudTarget } from './guard.ts';
import { type CloudKind, identifyCloud } from './identify-cloud.ts';
import { stackNameFor } from './parse-context.ts';
import { runCdk } from './run-cdk.ts';
import { invokeScheduledFunctions } from './scheduled-functions.ts';
import { BOOTSTRAP_STACK_NAME, describeStack } from './stack.ts';

export type DeployOptions = {
  target: CloudTarget;
  workDir: string;
  /** Handed to the app as --context name=value. */
  context?: Readonly<Record<string, string>>;
  appDir?: string;
  limitSeconds?: number;
  say?: (line: string) => void;
};

export type Deployment = { seconds: number; started: string[] };

export async function deploy(options: DeployOptions): Promise<Deployment> {
  const { target, workDir, appDir, say = () => undefined } = options;
  const begun = performance.now();
  const context = { ...paceOf(await requireCloud(target)), ...options.context };
  const stackName = stackNameFor(context);
  const place = { target, workDir, ...(appDir === undefined ? {} : { appDir }) };
  if ((await describeStack(target, BOOTSTRAP_STACK_NAME)) === undefined) {
    say('Bootstrapping the account for CDK');
    // Named, so that the app need not be synthesised to learn which account it is for.
    await runCdk({ ...place, args: ['bootstrap', ...environmentOf(target)], limitSeconds: 120 });
  }
  say(`Deploying the stack ${stackName}`);
  const args = [
    'deploy',
    stackName,
    '--require-approval',
    'never',
    '--progress',
    'events',
    ...contextArguments(context),
  ];
  await runCdk({ ...place, args, limitSeconds: options.limitSeconds ?? 300 });
  const started = await invokeScheduledFunctions(target, stackName);
  return { seconds: (performance.now() - begun) / 1000, started };
}

export async function destroy(options: Omit<DeployOptions, 'say'>): Promise<void> {
  const { target, workDir, appDir, context = {} } = options;
  await requireCloud(target);
  const place = { target, workDir, ...(appDir === undefined ? {} : { appDir }) };
  const args = ['destroy', stackNameFor(context), '--force', ...contextArguments(context)];
  await runCdk({ ...place, args, limitSeconds: options.limitSeconds ?? 300 });
}

/** LocalStack takes and gives metrics so slowly that a pass every 5 s would never catch up. */
function paceOf(cloud: CloudKind | 'aws'): Readonly<Record<string, string>> {
  const pace = String(localStackInterval);
  return cloud === 'localstack' ? { scanIntervalSeconds: pace, fleetStepSeconds: pace } : {};
}

/** Which cloud answers there; one line where none does. */
export async function requireCloud(target: CloudTarget): Promise<CloudKind | 'aws'> {
  if (target.kind === 'aws') return 'aws';
  const answer = await identifyCloud(target.endpoint);
  if (answer.state === 'nothing')
    throw new UserError(`No cloud answers at ${target.endpoint}: start one with \`npm run up\`.`);
  if (answer.state === 'other') throw new UserError(`${target.endpoint} is not a local cloud: ${answer.why}.`);
  return answer.kind;
}

function environmentOf(target: CloudTarget): string[] {
  return target.kind === 'local' ? ['aws://000000000000/us-east-1'] : [];
}

function contextArguments(context: Readonly<Record<string, string>>): string[] {
  return Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
}
