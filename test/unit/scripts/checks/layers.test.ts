import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BINARIES, PROJECT_ROOT } from '../../../../scripts/paths.ts';

const report = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), message: z.string(), location: z.object({ path: z.string() }) }),
  ),
});

/** A file at a path, what it says, and where the message sends the reader; nothing when it is allowed. */
type Case = { path: string; source: string; sentTo?: string };

const uses = (from: string): string => `import { thing } from '${from}';\n\nthing();\n`;

const cases: Case[] = [
  { path: 'lambdas/domain/knows-port.ts', source: uses('../ports/clock.ts'), sentTo: 'move this code to the use case' },
  { path: 'lambdas/domain/knows-sdk.ts', source: uses('@aws-sdk/client-s3'), sentTo: 'lambdas/adapters' },
  { path: 'lambdas/domain/policy/knows-node.ts', source: uses('node:fs'), sentTo: 'lambdas/adapters' },
  {
    path: 'lambdas/domain/policy/re-exports.ts',
    source: "export * from '../../adapters/aws/x.ts';\n",
    sentTo: 'use case',
  },
  { path: 'lambdas/domain/policy/fine.ts', source: uses('../incident/incident.ts') },
  { path: 'lambdas/domain/uses-zod.ts', source: uses('zod') },
  {
    path: 'lambdas/contract/knows-runtime.ts',
    source: uses('../runtime/logger.ts'),
    sentTo: 'move this code to where it runs',
  },
  { path: 'lambdas/ports/knows-adapter.ts', source: uses('../adapters/aws/x.ts'), sentTo: 'lambdas/adapters' },
  {
    path: 'lambdas/detection/knows-feature.ts',
    source: uses('../remediation/act.ts'),
    sentTo: 'move what both need to lambdas/domain',
  },
  {
    path: 'lambdas/detection/knows-adapter.ts',
    source: uses('../adapters/aws/x.ts'),
    sentTo: 'wire it in the *.lambda.ts',
  },
  { path: 'lambdas/detection/knows-sdk.ts', source: uses('@aws-sdk/client-s3'), sentTo: 'lambdas/adapters' },
  { path: 'lambdas/detection/knows-port.ts', source: uses('../ports/clock.ts') },
  { path: 'lambdas/detection/wires.lambda.ts', source: uses('../adapters/aws/x.ts') },
  { path: 'lambdas/detection/takes-wired.lambda.ts', source: uses('../deployed/records.ts') },
  {
    path: 'lambdas/detection/takes-wired.ts',
    source: uses('../deployed/records.ts'),
    sentTo: 'wire it in the *.lambda.ts',
  },
  { path: 'lambdas/deployed/wires.ts', source: uses('../adapters/aws/x.ts') },
  { path: 'lambdas/deployed/peeks.ts', source: uses('../workload/physics/x.ts'), sentTo: 'the Target port' },
  {
    path: 'lambdas/workload/takes-wired.lambda.ts',
    source: uses('../deployed/records.ts'),
    sentTo: 'world of its own',
  },
  { path: 'lambdas/detection/peeks.lambda.ts', source: uses('../workload/physics/x.ts'), sentTo: 'the Target port' },
  { path: 'lambdas/adapters/aws/knows-use-case.ts', source: uses('../../remediation/act.ts'), sentTo: 'a use case' },
  { path: 'lambdas/adapters/aws/uses-sdk.ts', source: uses('@aws-sdk/client-s3') },
  { path: 'lambdas/workload/physics/knows-domain.ts', source: uses('../../domain/ids.ts'), sentTo: 'world of its own' },
  { path: 'lambdas/workload/physics/knows-sdk.ts', source: uses('@aws-sdk/client-s3'), sentTo: '*.lambda.ts' },
  { path: 'lambdas/workload/simulates.lambda.ts', source: uses('@aws-sdk/client-cloudwatch') },
  { path: 'lib/knows-domain.ts', source: uses('../lambdas/domain/ids.ts'), sentTo: 'lambdas/contract' },
  { path: 'lib/knows-contract.ts', source: uses('../lambdas/contract/stage.ts') },
  {
    path: 'lambdas/domain/chicken.ts',
    source: "import { egg } from './egg.ts';\n\nexport const chicken = () => egg();\n",
    sentTo: 'cycle',
  },
  {
    path: 'lambdas/domain/egg.ts',
    source: "import { chicken } from './chicken.ts';\n\nexport const egg = () => chicken();\n",
    sentTo: 'cycle',
  },
  { path: 'lambdas/remediation/reads-switch.ts', source: "export const table = 'faults';\n", sentTo: 'from telemetry' },
  { path: 'lambdas/workload/inject-fault.ts', source: "export const table = 'faults';\n" },
];

describe('the layer rules', () => {
  let folder: string;
  let found: z.infer<typeof report>['diagnostics'];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kintsugi-layers-'));
    await mkdir(join(folder, 'scripts/checks'), { recursive: true });
    for (const file of ['biome.json', 'scripts/checks/faults-table.grit'])
      await copyFile(join(PROJECT_ROOT, file), join(folder, file));
    for (const { path, source } of cases) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), source);
    }
    found = report.parse(JSON.parse(await lint(folder))).diagnostics;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(cases.filter(({ sentTo }) => sentTo !== undefined))('$path is sent to "$sentTo"', ({ path, sentTo = '' }) => {
    const messages = found.filter(({ location }) => location.path === path).map(({ message }) => message);

    expect(messages.join('\n')).toContain(sentTo);
  });

  it.each(cases.filter(({ sentTo }) => sentTo === undefined))('$path is allowed', ({ path }) => {
    expect(found.filter(({ location }) => location.path === path)).toEqual([]);
  });
});

/** Biome exits 1 when it finds something, which here it should. */
function lint(folder: string): Promise<string> {
  const args = ['lint', '--reporter=json', '--max-diagnostics=200', '.'];
  return new Promise((done) => execFile(join(BINARIES, 'biome'), args, { cwd: folder }, (_, stdout) => done(stdout)));
}
