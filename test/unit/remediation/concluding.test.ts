import { beforeEach, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../lambdas/domain/diagnosis/diagnosis.ts';
import type { RemediationPlan } from '../../../lambdas/domain/plan/plan.ts';
import type { AskModel } from '../../../lambdas/remediation/ask/ask-model.ts';
import { createDiagnose } from '../../../lambdas/remediation/diagnose.ts';
import { createPlan } from '../../../lambdas/remediation/plan.ts';
import { planOfSteps, type RemediationWorld, remediationWorld } from '../../support/remediation-world.ts';
import { aBundle, serviceName } from '../../support/response-examples.ts';

const answered = { provider: 'one', fallback: null };
const restart = planOfSteps(['restart-service', { service: 'middle' }]);
const other = planOfSteps(['scale-out', { service: 'middle', instances: 4 }]);

const leak = (confidence: number): Diagnosis => ({
  hypotheses: [{ mechanism: 'leak', service: serviceName('middle'), confidence, evidence: [], reasoning: 'it climbs' }],
  assumptions: [],
});

/** Of two calls side by side, the platform's retry among them, the first to file is the one that counts. */
describe('two who conclude at once', () => {
  let world: RemediationWorld;
  beforeEach(async () => {
    world = remediationWorld();
    await world.begin('diagnosing');
    const { evidenceKey } = await world.present();
    if (evidenceKey === null) throw new Error('the incident has no evidence');
    await world.archive.put(evidenceKey, JSON.stringify(aBundle([])));
  });

  it('have one diagnosis', async () => {
    const asking = (confidence: number, meanwhile: () => Promise<unknown>): Pick<AskModel, 'diagnose'> => ({
      diagnose: async () => {
        await meanwhile();
        return { outcome: 'used', value: leak(confidence), ...answered };
      },
    });
    const first = createDiagnose({ ...world, askModel: asking(0.9, async () => {}) });
    const slower = createDiagnose({ ...world, askModel: asking(0.4, () => first(world.input)) });
    expect((await slower(world.input)).outcome).toBe('diagnosed');
    const filed = await world.incidents.decisions(world.id);
    expect(filed).toMatchObject([{ kind: 'diagnosis', diagnosis: leak(0.9) }]);
  });

  it('have one plan, that of the first, whatever the slower one chose', async () => {
    const asking = (
      plan: RemediationPlan,
      meanwhile: () => Promise<unknown>,
    ): Pick<AskModel, 'plan' | 'challenge'> => ({
      plan: async () => {
        await meanwhile();
        return { outcome: 'used', value: plan, ...answered };
      },
      challenge: async () => ({ outcome: 'unusable', reason: 'nobody is asked' }),
    });
    await world.fileDiagnosis();
    const first = createPlan({ ...world, askModel: asking(restart, async () => {}) });
    const slower = createPlan({ ...world, askModel: asking(other, () => first(world.input)) });
    expect(await slower(world.input)).toEqual({ outcome: 'planned', reason: 'restart-service' });
    const plans = (await world.incidents.decisions(world.id)).filter(({ kind }) => kind === 'plan');
    expect(plans).toMatchObject([{ plan: restart }]);
  });
});
