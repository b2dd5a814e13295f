import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findEmbeddedCloud, startEmbeddedCloud, stopEmbeddedCloud } from '../../../../scripts/cloud/embedded-cloud.ts';
import { freePort } from '../../../../scripts/cloud/free-port.ts';
import { identifyCloud } from '../../../../scripts/cloud/identify-cloud.ts';
import { localEndpoint } from '../../../../scripts/cloud/local-environment.ts';
import { isAlive } from '../../../../scripts/cloud/process-life.ts';
import { sdkSettings } from '../../../../scripts/cloud/sdk-settings.ts';

describe('the embedded cloud', { timeout: 90_000 }, () => {
  let stateDir: string;
  let port: number;

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'kintsugi-cloud-'));
    port = await freePort();
  });
  afterEach(async () => {
    await stopEmbeddedCloud(stateDir);
    await rm(stateDir, { recursive: true, force: true });
  });

  it('answers once it has started, and is gone once it is stopped', async () => {
    const cloud = await startEmbeddedCloud({ port, stateDir, ownerPid: process.pid });

    expect(await identifyCloud(cloud.endpoint)).toMatchObject({ state: 'cloud', kind: 'ministack' });
    expect(await findEmbeddedCloud(stateDir)).toEqual({ pid: cloud.pid, port });
    expect(await cloud.stop()).toBe('stopped');
    expect(await identifyCloud(cloud.endpoint)).toEqual({ state: 'nothing' });
    expect(await stopEmbeddedCloud(stateDir)).toBe('not running');
  });

  it('keeps its tables over a clean stop when asked to', async () => {
    const first = await startEmbeddedCloud({ port, stateDir, persist: true, ownerPid: process.pid });
    await createTable(first.endpoint, 'kept');
    await first.stop();

    const second = await startEmbeddedCloud({ port, stateDir, persist: true, ownerPid: process.pid });

    expect(await tables(second.endpoint)).toEqual(['kept']);
  });

  it('keeps its tables when something else asks it to end, such as the machine that goes down', async () => {
    const first = await startEmbeddedCloud({ port, stateDir, persist: true, ownerPid: process.pid });
    await createTable(first.endpoint, 'kept');
    process.kill(first.pid, 'SIGTERM');
    await expect.poll(() => findEmbeddedCloud(stateDir), { timeout: 20_000 }).toBeUndefined();

    const second = await startEmbeddedCloud({ port, stateDir, persist: true, ownerPid: process.pid });

    expect(await tables(second.endpoint)).toEqual(['kept']);
  });

  it('starts empty after it was ended by force, whatever half of its state was written', async () => {
    const first = await startEmbeddedCloud({ port, stateDir, persist: true, ownerPid: process.pid });
    await createTable(first.endpoint, 'of-an-earlier-stop');
    await first.stop();
    const second = await startEmbeddedCloud({ port, stateDir, persist: true, ownerPid: process.pid });
    process.kill(second.pid, 'SIGKILL');
    await expect.poll(() => findEmbeddedCloud(stateDir), { timeout: 10_000 }).toBeUndefined();
    const said: string[] = [];

    const third = await startEmbeddedCloud({
      port,
      stateDir,
      persist: true,
      ownerPid: process.pid,
      say: (line) => said.push(line),
    });

    expect(await tables(third.endpoint)).toEqual([]);
    expect(said.join()).toContain('starts empty');
  });

  it('inherits nothing of the environment it is started from', async () => {
    vi.stubEnv('AWS_SESSION_TOKEN', 'a secret of the shell');
    const { pid } = await startEmbeddedCloud({ port, stateDir, ownerPid: process.pid });

    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');

    expect(environment).not.toContain('a secret of the shell');
  });

  it('says in one line why it did not start', async () => {
    const other = await startEmbeddedCloud({ port, stateDir, ownerPid: process.pid });
    const secondDir = await mkdtemp(join(tmpdir(), 'kintsugi-cloud-'));

    await expect(startEmbeddedCloud({ port, stateDir: secondDir, ownerPid: process.pid })).rejects.toThrow(
      /^The embedded cloud stopped at once: /,
    );

    expect(isAlive(other.pid)).toBe(true);
    await rm(secondDir, { recursive: true, force: true });
  });

  it('ends with its owner even when that is killed', async () => {
    const owner = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    const { pid } = await startEmbeddedCloud({
      port,
      stateDir,
      ...(owner.pid === undefined ? {} : { ownerPid: owner.pid }),
    });

    owner.kill('SIGKILL');

    await expect
      .poll(() => identifyCloud(localEndpoint(port), 1_000), { timeout: 15_000 })
      .toEqual({ state: 'nothing' });
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

const client = (endpoint: string) => new DynamoDBClient(sdkSettings({ kind: 'local', endpoint }));

async function createTable(endpoint: string, TableName: string): Promise<void> {
  await client(endpoint).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
    }),
  );
}

async function tables(endpoint: string): Promise<string[]> {
  return (await client(endpoint).send(new ListTablesCommand())).TableNames ?? [];
}
