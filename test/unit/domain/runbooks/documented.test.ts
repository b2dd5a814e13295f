import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogue } from '../../../../lambdas/domain/runbooks/catalogue.ts';

const page = readFileSync(new URL('../../../../docs/runbooks.md', import.meta.url), 'utf8');

describe('docs/runbooks.md', () => {
  it.each(Object.values(catalogue))('has the row of $id as the catalogue has it', (runbook) => {
    const { kind } = runbook.reversibility;
    const back = kind === 'transient' ? `${kind}, ${runbook.reversibility.settlesWithinSeconds} s` : kind;
    const { properties } = z
      .object({ properties: z.record(z.string(), z.json()) })
      .parse(z.toJSONSchema(runbook.parameters));
    const parameters = Object.keys(properties).join(', ');
    expect(page).toContain(`| \`${runbook.id}\` | ${runbook.risk} | ${back} | ${parameters} | ${runbook.title} |`);
  });
});
