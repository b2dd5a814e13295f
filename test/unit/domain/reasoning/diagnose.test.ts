import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../lambdas/domain/reasoning/diagnose.ts';
import { planFromDiagnosis } from '../../../../lambdas/domain/reasoning/plan-from-hypothesis.ts';
import { scoreHypotheses } from '../../../../lambdas/domain/reasoning/score-hypotheses.ts';
import { readDiagnosis, readPlan } from '../../../../lambdas/domain/reasoning/validate-reply.ts';
import { aChange, slow } from '../../../support/evidence-signs.ts';
import { aBundle, aLog, aMetric, serviceName } from '../../../support/response-examples.ts';
import { situations } from '../../../support/situations.ts';

describe('the built-in reasoner', () => {
  it.each(situations)('%s', (_, bundle, mechanism, service, runbook) => {
    const diagnosis = diagnose(bundle, []);
    expect(diagnosis?.hypotheses[0]).toMatchObject({ mechanism, service });
    expect(diagnosis?.hypotheses[0]?.confidence).toBeGreaterThan(0.5);
    expect(readDiagnosis(JSON.stringify(diagnosis), bundle)).toEqual({ value: diagnosis });
    if (diagnosis === null) return;
    const plan = planFromDiagnosis(bundle, diagnosis, []);
    expect(plan?.steps[0]?.runbook).toBe(runbook);
    expect(readPlan(JSON.stringify(plan), bundle)).toEqual({ value: plan });
  });

  it('says of what holds in part only that it speaks slightly, and nothing of what hardly holds', () => {
    const told = { slightly: 0, plainly: 0 };
    for (const [, bundle] of situations) {
      const scored = scoreHypotheses(bundle, [])[0];
      const reasoning = diagnose(bundle, [])?.hypotheses[0]?.reasoning ?? '';
      for (const { points, why } of scored?.contributions ?? []) {
        const side = points > 0 ? 'for' : 'against';
        const weight = Math.abs(points);
        if (weight < 0.2) expect(reasoning, why).not.toMatch(new RegExp(`${side}: ${why}(?=[ .])`, 'i'));
        if (!reasoning.toLowerCase().includes(`${side}: ${why}`.toLowerCase())) continue;
        expect(reasoning.includes(`Slightly ${side}: ${why}`), `${weight} ${why}`).toBe(weight < 0.75);
        told[weight < 0.75 ? 'slightly' : 'plainly'] += 1;
      }
    }
    expect(Math.min(told.slightly, told.plainly)).toBeGreaterThan(0);
  });

  it('does not take a deploy for the cause of what began before it', () => {
    const bundle = aBundle([
      slow('store', 10, 700),
      slow('middle', 80, 900),
      aLog({ service: 'middle', template: 'call to store timed out after <n>' }),
      aChange('middle', 'deploy', -2),
    ]);
    expect(diagnose(bundle, [])?.hypotheses[0]).toMatchObject({ mechanism: 'slowDependency', service: 'store' });
  });

  it('takes whoever was killed for want of memory for no one that is down by itself', () => {
    const away = [
      aMetric({
        service: 'store',
        role: 'heartbeat',
        before: 60,
        now: 0,
      }),
      aMetric({ service: 'store', role: 'queueDepth', before: 4, now: 1200 }),
    ];
    const killed = aLog({ service: 'store', level: 'error', template: 'Out of memory: killed process <n>' });
    const supportOfDown = (...items: Parameters<typeof aBundle>[0]) =>
      scoreHypotheses(aBundle(items), []).find(
        ({ mechanism, service }) => mechanism === 'dependencyDown' && service === 'store',
      )?.contributions;
    const why = 'it does not answer any more';
    const points = (items: ReturnType<typeof supportOfDown>) => items?.find((one) => one.why === why)?.points ?? 0;
    expect(points(supportOfDown(...away))).toBeGreaterThan(1);
    expect(points(supportOfDown(...away, killed))).toBeLessThan(0.3);
  });

  it('takes a cache that nobody asks any more for none that misses', () => {
    const misses = aMetric({ service: 'store', role: 'cacheHits', before: 97, now: 0 });
    const unasked = aMetric({ service: 'store', role: 'requests', before: 17_000, now: 0 });
    const points = (...items: Parameters<typeof aBundle>[0]) =>
      scoreHypotheses(aBundle(items), [])
        .find(({ mechanism, service }) => mechanism === 'coldCache' && service === 'store')
        ?.contributions.find(({ why }) => why === 'fewer lookups hit the cache')?.points ?? 0;
    expect(points(misses)).toBeGreaterThan(3);
    expect(points(misses, unasked)).toBeLessThan(0.5);
  });

  it('is unsure when there is next to nothing to see', () => {
    const bundle = aBundle([aMetric({ service: 'middle', role: 'latency', before: 80, now: 92 })]);
    expect(diagnose(bundle, [])?.hypotheses[0]?.confidence ?? 0).toBeLessThan(0.5);
    expect(diagnose(aBundle([]), [])).toBeNull();
  });

  it('turns away from what was tried in vain, and never repeats a runbook', () => {
    const [, bundle] = situations[0] ?? [];
    if (bundle === undefined) throw new Error('there is a first situation');
    const ruledOut = [
      { mechanism: 'runawayWork' as const, service: serviceName('middle'), runbooks: ['replace-instance'] },
    ];
    const before = diagnose(bundle, [])?.hypotheses[0]?.confidence ?? 0;
    const after = diagnose(bundle, ruledOut);
    const same = after?.hypotheses.find(
      ({ mechanism, service }) => mechanism === 'runawayWork' && service === 'middle',
    );
    expect(same?.confidence ?? 0).toBeLessThan(before);
    if (same === undefined) return;
    const plan = planFromDiagnosis(bundle, { hypotheses: [same], assumptions: [] }, ruledOut);
    expect(plan?.steps.map(({ runbook }) => runbook)).not.toContain('replace-instance');
  });

  it('gives the same answer to the same evidence', () => {
    for (const [, bundle] of situations) expect(diagnose(bundle, [])).toEqual(diagnose(bundle, []));
  });
});
