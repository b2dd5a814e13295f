import { beforeEach, describe, expect, it } from 'vitest';
import { watchedTarget } from '../../../lambdas/adapters/watched-target.ts';
import { defaultLimits } from '../../../lambdas/domain/policy/limits.ts';
import { noControlSurface } from '../../../lambdas/domain/topology/topology.ts';
import { createDecide } from '../../../lambdas/remediation/decide.ts';
import { createPlan } from '../../../lambdas/remediation/plan.ts';
import { exampleSeries } from '../../support/detection-examples.ts';
import { planOfSteps, type RemediationWorld, remediationWorld } from '../../support/remediation-world.ts';
import { aBundle } from '../../support/response-examples.ts';

describe('an incident of a workload without a control surface', () => {
  let world: RemediationWorld;
  const target = () =>
    watchedTarget({ listSeries: async () => [exampleSeries('middle', 'cpu', 'Average', 'middle-one')] }, world.clock);
  beforeEach(async () => {
    world = remediationWorld();
    await world.begin('diagnosing');
    await world.fileDiagnosis();
  });

  it('is handed to a person with a plan that a person can carry out', async () => {
    await world.filePlan(planOfSteps(['restart-instance', { service: 'middle', instance: 'middle-one' }]));
    const decided = await createDecide({ ...world, target: target() }, defaultLimits)(world.input);
    expect(decided).toEqual({ outcome: 'manual', reason: noControlSurface });
    expect((await world.present()).state).toBe('manual');
  });

  it('is not planned for when nothing can be prepared, and says why', async () => {
    const { evidenceKey } = await world.present();
    const topology = await target().describe();
    await world.archive.put(evidenceKey ?? '', JSON.stringify(aBundle([], topology)));
    const unanswered = async () => ({ outcome: 'unusable' as const, reason: 'there is no plan' });
    const plan = createPlan({ ...world, askModel: { plan: unanswered, challenge: unanswered } });
    expect(await plan(world.input)).toEqual({ outcome: 'unusable', reason: `${noControlSurface}; there is no plan` });
  });
});
