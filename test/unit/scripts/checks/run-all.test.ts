import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../../../scripts/checks/check.ts';
import { runAll } from '../../../../scripts/checks/run-all.ts';
import { givingWay } from '../../../../scripts/checks/run-check.ts';

describe('all checks', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kintsugi-checks-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const script = (id: string, source: string): Check => ({
    id,
    title: id,
    command: [process.execPath, '-e', `const file = ${JSON.stringify(join(folder, 'written'))}; ${source}`],
  });
  const lookForFile = `
    const end = Date.now() + 20000;
    setInterval(() => { if (require('fs').existsSync(file)) process.exit(0); if (Date.now() > end) process.exit(1); }, 20);`;
  const writeFile = `require('fs').writeFileSync(file, '');`;
  const run = async (...checks: Check[]): Promise<{ ok: boolean; said: string }> => {
    let said = '';
    const ok = await runAll(checks, { write: (text) => (said += text) });
    return { ok, said };
  };

  it('run beside one that mostly waits', async () => {
    const { ok, said } = await run(script('first', writeFile), { ...script('waits', lookForFile), waits: true });

    expect(ok).toBe(true);
    expect(said.indexOf('] waits')).toBeLessThan(said.indexOf('] first'));
    expect(said).toContain('Tests: 2 passed, 0 failed');
  });

  it('give way to it', async () => {
    const { said } = await run(script('works', `process.exit(require('os').getPriority() > 0 ? 0 : 1)`));

    expect(said).toContain('Tests: 1 passed, 0 failed');
  });

  it('give way by no less than whoever runs them, which only root may', () => {
    expect([0, 10, 19].map(givingWay)).toEqual([10, 10, 19]);
  });

  it('all run, whatever fails, and one failure fails them', async () => {
    const { ok, said } = await run(script('fails', 'process.exit(1)'), script('runs', writeFile));

    expect(ok).toBe(false);
    expect(said).toContain('Tests: 1 passed, 1 failed');
  });
});
