import { describe, expect, it } from 'vitest';
import { evidenceIdSchema } from '../../../../lambdas/domain/ids.ts';
import { secondOpinion, weighChallenge } from '../../../../lambdas/domain/reasoning/challenge.ts';
import { diagnose } from '../../../../lambdas/domain/reasoning/diagnose.ts';
import { aBundle, aLog, aMetric, serviceName } from '../../../support/response-examples.ts';

const bundle = aBundle([
  aMetric({ service: 'middle', role: 'disk', before: 50, now: 94, shape: 'climb' }),
  aLog({ service: 'middle', template: 'log volume <path> at <n>', level: 'warn' }),
  aMetric({ service: 'store', role: 'latency', before: 10, now: 300 }),
]);
const leading = diagnose(bundle, [])?.hypotheses[0];
if (leading === undefined) throw new Error('there is a leading hypothesis');

describe('a second opinion', () => {
  it('that agrees and cites what speaks for it leaves confidence as it is', () => {
    expect(weighChallenge(bundle, leading, leading)).toMatchObject({ verdict: 'agrees', confidenceLimit: 1 });
  });

  it('that agrees without evidence for it counts as doubt', () => {
    const idle = { ...leading, confidence: 1, evidence: [evidenceIdSchema.parse('E1')] };
    expect(weighChallenge(bundle, leading, idle).confidenceLimit).toBeLessThan(0.9);
  });

  it('that disagrees takes away what its own cause is worth, and at least what asks a person', () => {
    const other = { ...leading, mechanism: 'slowDependency' as const, service: serviceName('store'), confidence: 1 };
    expect(weighChallenge(bundle, leading, other)).toMatchObject({ verdict: 'disagrees' });
    expect(weighChallenge(bundle, leading, other).confidenceLimit).toBeLessThan(0.9);
    const worth = weighChallenge(bundle, other, leading);
    expect(worth.confidenceLimit).toBeLessThan(0.5);
    expect(worth.confidenceLimit).toBeCloseTo(1 - Math.min(worth.support, leading.confidence));
  });

  it('that is missing counts as doubt, so that nobody gains by making it unusable', () => {
    expect(weighChallenge(bundle, leading, null)).toMatchObject({ verdict: 'missing' });
    expect(weighChallenge(bundle, leading, null).confidenceLimit).toBeLessThan(0.9);
  });

  it('of the built-in reasoner does not hear what logs say', () => {
    const lied = aBundle([
      ...bundle.items.slice(1),
      ...Array.from({ length: 5 }, () =>
        aLog({ service: 'store', template: '401 unauthorized: credential has expired' }),
      ),
    ]);
    expect(secondOpinion(lied)).toMatchObject({ mechanism: 'unboundedGrowth', service: 'middle' });
    expect(secondOpinion(aBundle([]))).toBeNull();
  });
});
