import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../../lambdas/workload/faults/load-catalogue.ts';
import { PROJECT_ROOT } from '../../../../scripts/paths.ts';
import { readScenarioFile } from '../../../../scripts/scenario/scenario-file.ts';

describe('a scenario file', () => {
  const catalogue = loadCatalogue();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scenario-file-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (text: string): string => {
    const path = join(folder, 'scenario.yaml');
    writeFileSync(path, text);
    return path;
  };
  const plain = 'title: x\nseed: 7\nlengthMinutes: 20\n';

  it('says everything that a run needs, with what is drawn already drawn', () => {
    const path = write(`${plain}faults: [{ cause: bad-flag, service: cart, atMinutes: 5, forMinutes: 2 }]\n`);
    const plan = readScenarioFile(path, catalogue);
    expect(plan).toMatchObject({ seed: 7, stepSeconds: 5, lengthSeconds: 1200, endsWhenSettled: true });
    const [fault] = plan.faults;
    expect(fault).toMatchObject({ service: 'cart', startedAt: plan.at + 300_000, endsAt: plan.at + 420_000 });
    expect(readScenarioFile(path, catalogue)).toEqual(plan);
  });

  it.each([
    ['no such field', `${plain}faults: []\ncolour: red\n`, /scenario\.yaml: the file: .*colour/],
    ['a wrong severity', `${plain}faults: [{ cause: bad-flag, atMinutes: 1, severity: 2 }]\n`, /faults\.0\.severity/],
    [
      'an unknown cause',
      `${plain}faults: [{ cause: gremlins, atMinutes: 1 }]\n`,
      /faults\.0\.cause: unknown cause 'gremlins': one of .*bad-flag/,
    ],
    [
      'a service that the cause cannot strike',
      `${plain}faults: [{ cause: poison-message, service: cart, atMinutes: 1 }]\n`,
      /faults\.0: .*cart/,
    ],
    ['neither cause nor file', `${plain}faults: [{ atMinutes: 1 }]\n`, /faults\.0: name either a cause or a file/],
    [
      'a fault file that is not there',
      `${plain}faults: [{ file: none.yaml, atMinutes: 1 }]\n`,
      /none\.yaml cannot be read/,
    ],
    ['a begin off the step', `${plain}faults: []\nat: 2026-03-03T10:00:01Z\n`, /at: not on a step of 5 s/],
    ['what is not YAML', 'title: [', /scenario\.yaml: line 1/],
  ])('is refused in one line for %s', (_what, text, message) => {
    const path = write(text);
    const read = () => readScenarioFile(path, catalogue);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*$/);
  });

  it('of the project can be read', () => {
    for (const name of readdirSync(join(PROJECT_ROOT, 'scenarios'))) {
      expect(() => readScenarioFile(join(PROJECT_ROOT, 'scenarios', name), catalogue), name).not.toThrow();
    }
  });
});
