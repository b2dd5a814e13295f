import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../lambdas/domain/reasoning/diagnose.ts';
import { support } from '../../../../lambdas/domain/reasoning/support.ts';
import { slow } from '../../../support/evidence-signs.ts';
import { aBundle, aMetric, serviceName } from '../../../support/response-examples.ts';
import { situations } from '../../../support/situations.ts';

describe('support of a hypothesis', () => {
  it.each(situations)('%s: what is cited for it supports it', (_, bundle) => {
    const hypothesis = diagnose(bundle, [])?.hypotheses[0];
    expect(hypothesis === undefined ? 0 : support(bundle, hypothesis)).toBeGreaterThan(0.5);
  });

  it('is none when what is cited does not speak for it', () => {
    const bundle = aBundle([aMetric({ service: 'front', role: 'disk', before: 40, now: 40 }), slow('store', 10, 700)]);
    const [topology, disk] = bundle.items;
    if (topology === undefined || disk === undefined) throw new Error('the bundle has items');
    const claim = { mechanism: 'leak' as const, service: serviceName('middle'), confidence: 1, reasoning: 'so it is' };
    expect(support(bundle, { ...claim, evidence: [disk.id] })).toBe(0);
    expect(support(bundle, { ...claim, evidence: [topology.id] })).toBe(0);
  });
});
