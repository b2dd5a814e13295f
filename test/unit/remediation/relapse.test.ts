import { describe, expect, it } from 'vitest';
import { incidentIdSchema } from '../../../lambdas/domain/ids.ts';
import { readQuietBefore } from '../../../lambdas/remediation/quiet-before.ts';
import { readPast } from '../../../lambdas/remediation/read-evidence-sources.ts';
import { openIncident, restartAction } from '../../support/record-examples.ts';
import { remediationWorld } from '../../support/remediation-world.ts';

const later = incidentIdSchema.parse('01J9ZQ5T9E8Y7W6V5T4S3R2Q1A');

/** An incident that was restarted, verified and resolved. */
const resolvedWorld = async () => {
  const world = remediationWorld();
  await world.begin('verifying');
  await world.fileDiagnosis();
  await world.transitions.intend(restartAction(world.id, 'middle', world.clock.now()));
  world.clock.pass(60);
  await world.fileVerification('recovered');
  await world.move('resolved', { closedAt: world.clock.now() });
  return world;
};

describe('a relapse', () => {
  it('finds what was done before as something that did not hold, whatever its family is called', async () => {
    const world = await resolvedWorld();
    const relapse = openIncident(later, 'middle', world.clock.now(), { relapseOf: world.id, family: 'middle:errors' });
    const remedy = { incidentId: world.id, mechanism: 'leak', runbooks: ['restart-service'] };
    expect(await readPast(world.incidents, relapse)).toMatchObject([{ ...remedy, outcome: 'relapsed' }]);
    const other = { ...relapse, relapseOf: null, family: (await world.present()).family };
    expect(await readPast(world.incidents, other)).toMatchObject([{ ...remedy, outcome: 'resolved' }]);
  });

  it('says nothing against a message that was taken out: what fails after it is another one', async () => {
    const world = remediationWorld();
    await world.begin('verifying');
    await world.fileDiagnosis();
    const taken = restartAction(world.id, 'middle', world.clock.now());
    const step = { ...taken.step, runbook: 'quarantine-message' as const };
    await world.transitions.intend({ ...taken, step });
    world.clock.pass(60);
    await world.fileVerification('recovered');
    await world.move('resolved', { closedAt: world.clock.now() });
    const relapse = openIncident(later, 'middle', world.clock.now() + 90_000, { relapseOf: world.id });
    expect(await readPast(world.incidents, relapse)).toMatchObject([{ outcome: 'resolved' }]);
    expect(await readQuietBefore(world.incidents, relapse, 5)).toBe(0);
  });

  it('counts as a failure for every later incident alike', async () => {
    const world = await resolvedWorld();
    const { family } = await world.present();
    const relapse = openIncident(later, 'front', world.clock.now(), { relapseOf: world.id, family });
    await world.transitions.open(relapse, [], 'detector');
    await world.transitions.move({
      incident: relapse,
      to: 'escalated',
      at: world.clock.now(),
      actor: 'test',
      message: 'x',
    });
    const third = openIncident(incidentIdSchema.parse('01J9ZQ5T9E8Y7W6V5T4S3R2Q1B'), 'middle', 0, { family });
    const outcomes = new Map((await readPast(world.incidents, third)).map((past) => [past.incidentId, past.outcome]));
    expect(outcomes.get(world.id)).toBe('relapsed');
  });

  it('had been quiet since the first clean window of that recovery', async () => {
    const world = await resolvedWorld();
    const onset = world.clock.now() + 90_000;
    expect(await readQuietBefore(world.incidents, { relapseOf: world.id, onset }, 5)).toBe(90 + 6 * 5);
    expect(await readQuietBefore(world.incidents, { relapseOf: null, onset }, 5)).toBe(0);
  });
});
