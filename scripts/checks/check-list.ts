import { join } from 'node:path';
import { BINARIES, PROJECT_ROOT } from '../paths.ts';
import type { Check } from './check.ts';

const tool = (name: string, ...args: string[]): string[] => [join(BINARIES, name), ...args];

export const LINT: Check = {
  id: 'style',
  title: 'Style and layers (Biome)',
  command: tool('biome', 'check', '--error-on-warnings', '--max-diagnostics=50'),
};
export const UNUSED: Check = { id: 'unused', title: 'Unused code (knip)', command: tool('knip', '--no-progress') };
export const TYPES: Check = { id: 'types', title: 'Types (tsc)', command: tool('tsc', '-b') };

/** The suites that need no deployed stack; the contract suite starts a cloud of its own. */
const SUITES = ['unit', 'infra', 'contract', 'scenarios'];

export function allChecks(reportFolder: string): Check[] {
  return [
    LINT,
    UNUSED,
    TYPES,
    vitest('tests', `Tests (${SUITES.join(', ')})`, SUITES, reportFolder),
    endToEnd(reportFolder),
  ];
}

/** Against the cloud at the endpoint, or, without one, against an embedded cloud of its own on a free port. */
export function endToEnd(reportFolder: string, endpoint?: string): Check {
  const env = endpoint === undefined ? {} : { KINTSUGI_E2E_ENDPOINT: endpoint };
  return { ...vitest('e2e', 'End to end', ['e2e'], reportFolder), env, waits: true };
}

function vitest(id: string, title: string, projects: readonly string[], reportFolder: string): Check {
  const report = join(reportFolder, `${id}.json`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { id, title, report, command: tool('vitest', 'run', '--root', PROJECT_ROOT, ...chosen, ...reporters) };
}
