import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentOfTests } from '../../../../scripts/checks/run-check.ts';
import { type EmbeddedCloud, findEmbeddedCloud, startEmbeddedCloud } from '../../../../scripts/cloud/embedded-cloud.ts';
import { freePort } from '../../../../scripts/cloud/free-port.ts';
import { identifyCloud } from '../../../../scripts/cloud/identify-cloud.ts';
import { localEndpoint } from '../../../../scripts/cloud/local-environment.ts';
import { sdkSettings } from '../../../../scripts/cloud/sdk-settings.ts';
import { LOCAL_FOLDER, PROJECT_ROOT } from '../../../../scripts/paths.ts';

const cloudTests = join(LOCAL_FOLDER, 'test');
const row = { key: 'kept', value: 'by the running stack' };

/** A run of tests that starts a cloud of its own, as `npm test` does. */
const runTests = (): ChildProcess =>
  spawn(
    process.execPath,
    [join(PROJECT_ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'contract', 'test/contract/aws.test.ts'],
    { cwd: PROJECT_ROOT, env: environmentOfTests(process.env), stdio: 'ignore' },
  );

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    child.once('close', done);
  });

const folders = async (): Promise<readonly string[]> => {
  const names = await readdir(cloudTests).catch(() => []);
  return names.filter((name) => name.startsWith('cloud-'));
};

describe('a run of tests beside a cloud that is up', { timeout: 180_000 }, () => {
  let stateDir: string;
  let up: EmbeddedCloud;
  let tables: DynamoDBDocumentClient;

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'kintsugi-up-'));
    up = await startEmbeddedCloud({ port: await freePort(), stateDir, ownerPid: process.pid });
    tables = DynamoDBDocumentClient.from(new DynamoDBClient(sdkSettings({ kind: 'local', endpoint: up.endpoint })));
    await tables.send(
      new CreateTableCommand({
        TableName: 'stack',
        AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await tables.send(new PutCommand({ TableName: 'stack', Item: row }));
  });
  afterEach(async () => {
    tables.destroy();
    await up.stop();
    await rm(stateDir, { recursive: true, force: true });
  });

  const expectUntouched = async (): Promise<void> => {
    expect((await tables.send(new ListTablesCommand({}))).TableNames).toEqual(['stack']);
    const { Item } = await tables.send(new GetCommand({ TableName: 'stack', Key: { key: row.key } }));
    expect(Item).toEqual(row);
  };

  it('leaves its tables as they are', async () => {
    expect(await ended(runTests())).toBe(0);
    await expectUntouched();
  });

  it('broken off with Ctrl-C, leaves that cloud up and none of its own', async () => {
    const before = new Set(await folders());
    const tests = runTests();
    const over = ended(tests);
    let own: { readonly pid: number; readonly port: number } | undefined;
    await expect
      .poll(
        async () => {
          const folder = (await folders()).find((name) => !before.has(name));
          own = folder === undefined ? undefined : await findEmbeddedCloud(join(cloudTests, folder));
          return own !== undefined && (await identifyCloud(localEndpoint(own.port), 1_000)).state;
        },
        { timeout: 60_000, interval: 200 },
      )
      .toBe('cloud');

    tests.kill('SIGINT');

    await over;
    const { port } = own ?? { port: 0 };
    await expect
      .poll(() => identifyCloud(localEndpoint(port), 1_000), { timeout: 30_000 })
      .toEqual({ state: 'nothing' });
    await expectUntouched();
  });
});
