import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type DeployOptions, deploy, destroy } from '../../scripts/cloud/deploy.ts';
import { sdkSettings } from '../../scripts/cloud/sdk-settings.ts';
import { describeStack } from '../../scripts/cloud/stack.ts';
import { PROJECT_ROOT } from '../../scripts/paths.ts';

const STAGE = 'redeploy-probe';
const FUNCTION = `${STAGE}-function`;

// A stack of one function, so that what is tested is the deploying and not the product.
const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

const stack = new Stack(new App(), '${STAGE}');
new Function(stack, 'Function', {
  functionName: '${FUNCTION}',
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('code'),
});
`;

describe('a redeploy', () => {
  const target = { kind: 'local', endpoint: inject('endpoint') } as const;
  let options: DeployOptions;
  let appDir: string;

  beforeAll(async () => {
    appDir = await mkdtemp(join(tmpdir(), 'kintsugi-redeploy-'));
    options = { target, appDir, workDir: join(appDir, 'work'), context: { stage: STAGE } };
    await symlink(join(PROJECT_ROOT, 'node_modules'), join(appDir, 'node_modules'));
    await writeFile(join(appDir, 'app.ts'), APP);
    await writeFile(join(appDir, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(join(appDir, 'cdk.json'), JSON.stringify({ app: 'node app.ts', versionReporting: false }));
  });
  afterAll(async () => {
    await destroy(options);
    await rm(appDir, { recursive: true, force: true });
  });

  it('after a change of code runs the new code', async () => {
    await writeCode('the old code');
    await deploy(options);
    expect(await answer()).toBe('the old code');

    await writeCode('the new code');
    await deploy(options);

    expect(await answer()).toBe('the new code');
    expect(await describeStack(target, STAGE)).toMatchObject({ status: 'UPDATE_COMPLETE' });
  });

  async function writeCode(says: string): Promise<void> {
    await mkdir(join(appDir, 'code'), { recursive: true });
    await writeFile(join(appDir, 'code/index.mjs'), `export const handler = async () => '${says}';\n`);
  }

  async function answer(): Promise<unknown> {
    const { Payload } = await new LambdaClient(sdkSettings(target)).send(new InvokeCommand({ FunctionName: FUNCTION }));
    return JSON.parse(Payload?.transformToString() ?? 'null');
  }
});
