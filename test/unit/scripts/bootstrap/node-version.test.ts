import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaintAboutNode, type Host } from '../../../../scripts/bootstrap/node-version.mjs';
import { PROJECT_ROOT } from '../../../../scripts/paths.ts';

const linux: Omit<Host, 'version'> = { platform: 'linux', arch: 'x64', runsBundledNode: true };
const mac: Omit<Host, 'version'> = { platform: 'darwin', arch: 'arm64', runsBundledNode: false };

describe('the check of Node', () => {
  it.each(['20.0.0', '20.20.2', '22.1.0', '24.21.0'])(
    'takes %s where Node 24 comes with the dependencies',
    (version) => {
      expect(complaintAboutNode({ ...linux, version })).toBeUndefined();
    },
  );

  it.each(['22.18.0', '22.20.1', '24.0.0', '25.1.0'])('takes %s anywhere', (version) => {
    expect(complaintAboutNode({ ...mac, version })).toBeUndefined();
  });

  it.each([
    [linux, '18.19.1', 'Node 20 or newer'],
    [mac, '20.20.2', 'Node 22.18 or newer'],
    [mac, '22.17.1', 'Node 22.18 or newer'],
  ])('says in one line what is needed: %o, %s', (host, version, needed) => {
    const complaint = complaintAboutNode({ ...host, version });

    expect(complaint).toContain(needed);
    expect(complaint).toContain(`this is Node ${version}`);
    expect(complaint).not.toContain('\n');
  });

  it('ends the program before anything else happens', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', 'up'], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
      env: { ...process.env, KINTSUGI_FAKE_NODE_VERSION: '16.20.0' },
    });

    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('this is Node 16.20.0');
  });
});

describe('the hand-over', () => {
  it('keeps the exit code and needs one line for an unknown command', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', 'bogus'], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^There is no command 'bogus'\. Known: start, .*\n$/);
  });

  it('needs one line for an unknown option', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', 'up', '--bogus'], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toBe("unknown option '--bogus' (--help lists what there is)\n");
  });

  it('needs one line for what is missing in a command within a command', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', 'keys', 'set'], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toBe("missing required argument 'provider' (--help lists what there is)\n");
  });

  it('lists every command that npm knows', () => {
    const help = execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts/bootstrap.mjs'), '--help'], {
      encoding: 'utf8',
    });
    const scripts = execFileSync('npm', ['pkg', 'get', 'scripts'], { cwd: PROJECT_ROOT, encoding: 'utf8' });

    for (const verb of Object.keys(JSON.parse(scripts))) expect(help).toContain(`  ${verb} `);
  });
});
