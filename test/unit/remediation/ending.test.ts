import { beforeEach, describe, expect, it } from 'vitest';
import { evidenceIdSchema } from '../../../lambdas/domain/ids.ts';
import { createClose } from '../../../lambdas/remediation/close.ts';
import { createEscalate } from '../../../lambdas/remediation/escalate.ts';
import { holdServices } from '../../../lambdas/shared/service-leases.ts';
import { restartAction } from '../../support/record-examples.ts';
import { type RemediationWorld, remediationWorld } from '../../support/remediation-world.ts';

let world: RemediationWorld;

const actedOnMiddle = async () => {
  const action = restartAction(world.id, 'middle', world.clock.now());
  await world.transitions.intend(action);
  await holdServices(world.leases, world.id, [action.operation.service], world.clock.now());
};
const holder = async (name: string) => (await world.leases.holder(name, world.clock.now()))?.owner ?? null;

describe('close', () => {
  let close: ReturnType<typeof createClose>;
  beforeEach(async () => {
    world = remediationWorld();
    close = createClose(world);
    await world.begin('verifying');
    await actedOnMiddle();
  });

  it('resolves what was verified, lets the service go', async () => {
    await world.fileVerification('recovered');
    expect(await close(world.input)).toEqual({ outcome: 'ended' });
    expect(await world.present()).toMatchObject({ state: 'resolved', closedAt: world.clock.now() });
    expect(await holder('remediation#middle')).toBeNull();
    expect(await world.incidents.listLocked()).toEqual([]);
  });

  it('lets go of what was kept for an undo, of acts that stand', async () => {
    const rotation = {
      step: {
        runbook: 'rotate-logs' as const,
        parameters: { service: 'middle' },
        expectedEffect: 'Room.',
        evidence: [evidenceIdSchema.parse('E1')],
      },
      status: 'done' as const,
    };
    const filed = (stepIndex: number, undo: 'none' | 'undone') =>
      world.transitions.intend(
        restartAction(world.id, 'middle', world.clock.now(), {
          ...rotation,
          stepIndex,
          idempotencyKey: `${world.id}#1#${stepIndex}`,
          undo,
        }),
      );
    await filed(1, 'none');
    await filed(2, 'undone');
    await world.fileVerification('recovered');

    await close(world.input);
    await close(world.input);

    expect(new Set(world.target.asked.map(({ key }) => key))).toEqual(new Set([`${world.id}#1#1#let-go#0`]));
    expect(world.target.asked[0]?.operation).toEqual({ type: 'discardLogCopies', service: 'middle' });
  });

  it('resolves nothing that was not verified', async () => {
    await expect(close(world.input)).rejects.toThrow('is not verified');
    await world.fileVerification('notRecovered');
    await expect(close(world.input)).rejects.toThrow('is not verified');
    expect((await world.present()).state).toBe('verifying');
  });

  it('finishes what a crash left undone, and changes nothing after', async () => {
    await world.fileVerification('recovered');
    const unlock = () => Promise.reject(new Error('crashed'));
    const crashing = createClose({ ...world, transitions: { ...world.transitions, unlock } });
    await expect(crashing(world.input)).rejects.toThrow('crashed');
    expect(await close(world.input)).toEqual({ outcome: 'ended' });
    expect(await world.incidents.listLocked()).toEqual([]);
    const audit = await world.incidents.audit(world.id);
    await close(world.input);
    expect(await world.incidents.audit(world.id)).toEqual(audit);
  });
});

describe('escalate', () => {
  let escalate: ReturnType<typeof createEscalate>;
  beforeEach(async () => {
    world = remediationWorld();
    escalate = createEscalate(world);
    await world.begin('awaitingApproval');
  });
  const given = () => ({ ...world.input, reason: 'it was denied' });

  it('ends the incident, lets its services go and tells people once', async () => {
    await actedOnMiddle();
    expect(await escalate(given())).toEqual({ outcome: 'ended' });
    expect(await escalate(given())).toEqual({ outcome: 'ended' });
    expect(await world.present()).toMatchObject({ state: 'escalated', closing: 'it was denied' });
    expect(await holder('remediation#middle')).toBeNull();
    expect(world.notifier.sent).toHaveLength(1);
    expect(world.notifier.sent[0]?.body).toContain('it was denied');
    expect((await world.incidents.audit(world.id)).filter(({ to }) => to === 'escalated')).toHaveLength(1);
  });

  it('keeps the lock: the same trouble is not a new incident', async () => {
    await escalate(given());
    expect((await world.incidents.listLocked()).map(({ id }) => id)).toEqual([world.id]);
  });

  it('takes a question that nobody answered in time for its reason', async () => {
    await world.ask('approve');
    world.clock.pass(900);
    await escalate({ ...given(), reason: '{"Error":"States.Timeout"}' });
    expect((await world.incidents.approvals(world.id)).map(({ status }) => status)).toEqual(['expired']);
    expect((await world.present()).closing).toBe('nobody answered in time');
  });

  it('tells people although a crash came between', async () => {
    const notify = () => Promise.reject(new Error('crashed'));
    await expect(createEscalate({ ...world, notifier: { notify } })(given())).rejects.toThrow('crashed');
    await escalate(given());
    expect(world.notifier.sent).toHaveLength(1);
  });

  it('says nothing when the sweep has told people of it already', async () => {
    await world.notifier.notify({ key: `incidents/${world.id}/told/escalation.json`, subject: 'told', body: 'told' });
    await escalate(given());
    expect(world.notifier.sent.map(({ subject }) => subject)).toEqual(['told']);
  });

  it('leaves a resolved incident alone', async () => {
    await world.move('resolved');
    expect(await escalate(given())).toEqual({ outcome: 'gone' });
    expect(world.notifier.sent).toEqual([]);
  });
});
