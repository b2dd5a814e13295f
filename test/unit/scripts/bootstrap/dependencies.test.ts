import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureDependencies } from '../../../../scripts/bootstrap/dependencies.mjs';
import { explainInstallFailure } from '../../../../scripts/bootstrap/npm-ci.mjs';

const lock = (version: string): string =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/for-macs': { version: '1.0.0', optional: true } },
  });

describe('the dependencies', () => {
  let root: string;
  let installs: number;
  const install = async () => {
    installs += 1;
    const installed = await readFile(join(root, 'package-lock.json'), 'utf8');
    await mkdir(join(root, 'node_modules'), { recursive: true });
    await writeFile(join(root, 'node_modules/.package-lock.json'), installed);
    return { code: 0, output: '', logFile: '' };
  };

  beforeEach(async () => {
    installs = 0;
    root = await mkdtemp(join(tmpdir(), 'kintsugi-bootstrap-'));
    await writeFile(join(root, 'package-lock.json'), lock('1.0.0'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('are installed when there are none, and not again', async () => {
    expect(await ensureDependencies(root, { install })).toBeUndefined();
    expect(await ensureDependencies(root, { install })).toBeUndefined();

    expect(installs).toBe(1);
  });

  it('are installed again after the lock file changed', async () => {
    await ensureDependencies(root, { install });
    await writeFile(join(root, 'package-lock.json'), lock('1.0.1'));

    await ensureDependencies(root, { install });

    expect(installs).toBe(2);
  });

  it("leave a person's own installation alone when it holds all that is asked for", async () => {
    await mkdir(join(root, 'node_modules'));
    await writeFile(join(root, 'node_modules/.package-lock.json'), lock('1.0.0'));

    await ensureDependencies(root, { install });

    expect(installs).toBe(0);
  });

  it('are installed once when two commands start at the same time', async () => {
    await Promise.all([ensureDependencies(root, { install }), ensureDependencies(root, { install })]);

    expect(installs).toBe(1);
  });

  it('take over the lock of a command that was killed', async () => {
    await mkdir(join(root, '.kintsugi/install.lock'), { recursive: true });
    // No process has a pid this high.
    await writeFile(join(root, '.kintsugi/install.lock/pid'), '99999999');

    expect(await ensureDependencies(root, { install })).toBeUndefined();
  });

  it('say in one line when there is no lock file', async () => {
    await rm(join(root, 'package-lock.json'));

    expect(await ensureDependencies(root, { install })).toMatch(/^package-lock\.json is missing: /);
  });

  it.each([
    ['npm error code ENOTFOUND\nnpm error network request failed', 1, /no network/],
    ['npm error code ENOSPC', 1, /disk is full/],
    ['spawn npm ENOENT', 127, /npm was not found/],
    ['npm error something else', 1, /output is in \/tmp\/log/],
  ])('say in one line why they could not be installed: %s', (output, code, line) => {
    const message = explainInstallFailure({ code, output, logFile: '/tmp/log' });

    expect(message).toMatch(line);
    expect(message).not.toContain('\n');
  });
});
