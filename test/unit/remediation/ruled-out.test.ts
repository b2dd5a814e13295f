import { describe, expect, it } from 'vitest';
import { incidentIdSchema } from '../../../lambdas/domain/ids.ts';
import { readConclusions } from '../../../lambdas/remediation/conclusions.ts';
import { ruledOutSoFar } from '../../../lambdas/remediation/ruled-out.ts';
import { planOfSteps, remediationWorld } from '../../support/remediation-world.ts';
import { aBundle, incidentId, serviceName, start } from '../../support/response-examples.ts';

const past = (minutesAgo: number, change: object = {}) => ({
  type: 'pastIncident' as const,
  incidentId: incidentIdSchema.parse('01J9ZQ5T9E8Y7W6V5T4S3R2Q1A'),
  service: serviceName('middle'),
  mechanism: 'slowDependency' as const,
  runbooks: ['recycle-connections'],
  outcome: 'escalated' as const,
  closedAt: start - minutesAgo * 60_000,
  ...change,
});

describe('what is ruled out', () => {
  it('is what every earlier attempt acted on', async () => {
    const world = remediationWorld();
    await world.begin('diagnosing', 3);
    for (const [attempt, runbook] of [
      [1, 'restart-service'],
      [2, 'recycle-connections'],
    ] as const) {
      await world.fileDiagnosis(attempt);
      await world.filePlan(planOfSteps([runbook, { service: 'middle' }]), attempt);
    }
    const conclusions = await readConclusions(world.incidents, incidentId);
    const { actions } = { actions: await world.incidents.actions(incidentId) };
    expect(ruledOutSoFar(3, conclusions, actions, aBundle([]))).toEqual([
      { mechanism: 'leak', service: 'middle', runbooks: ['restart-service'] },
      { mechanism: 'leak', service: 'middle', runbooks: ['recycle-connections'] },
    ]);
    expect(ruledOutSoFar(1, conclusions, actions, aBundle([]))).toEqual([]);
  });

  it('is carried into the same trouble when it opens again', async () => {
    const world = remediationWorld();
    await world.begin('diagnosing');
    const conclusions = await readConclusions(world.incidents, incidentId);
    const carried = (item: ReturnType<typeof past>) => ruledOutSoFar(1, conclusions, [], aBundle([item]));
    expect(carried(past(10))).toEqual([
      { mechanism: 'slowDependency', service: 'middle', runbooks: ['recycle-connections'] },
    ]);
    expect(carried(past(70)), 'long ago').toEqual([]);
    expect(carried(past(10, { outcome: 'relapsed' })), 'it may be new trouble of the same kind').toEqual([]);
    expect(carried(past(10, { outcome: 'resolved' })), 'it helped').toEqual([]);
    expect(carried(past(10, { runbooks: [] })), 'nothing was done').toEqual([]);
  });
});
