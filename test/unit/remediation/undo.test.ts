import { beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../lambdas/domain/policy/limits.ts';
import { createAct } from '../../../lambdas/remediation/act.ts';
import { createUndo } from '../../../lambdas/remediation/undo.ts';
import { planOfSteps, type RemediationWorld, remediationWorld, type StepOf } from '../../support/remediation-world.ts';

// The world of these tests has three services, and its plans change two of them.
const limits = { ...defaultLimits, fleetSharePerHour: 1 };

describe('undo', () => {
  let world: RemediationWorld;
  let undo: ReturnType<typeof createUndo>;

  const acted = async (attempt: number, ...steps: readonly StepOf[]) => {
    world = remediationWorld();
    undo = createUndo(world);
    const act = createAct(world, limits);
    const input = { ...world.input, attempt };
    await world.begin('diagnosing', attempt);
    await world.filePlan(planOfSteps(...steps), attempt);
    await world.fileDecision('auto', attempt);
    for (let outcome = 'pending'; outcome === 'pending'; { outcome } = await act(input)) {
      world.target.endAll({ instanceCount: 3, version: 'v2' });
    }
    await world.move('verifying');
    return input;
  };

  describe('of reversible steps', () => {
    let input: Awaited<ReturnType<typeof acted>>;
    beforeEach(async () => {
      input = await acted(
        1,
        ['scale-out', { service: 'front', instances: 5 }],
        ['roll-back-deploy', { service: 'middle', version: 'v1' }],
      );
    });

    it('puts back what was there before, last step first', async () => {
      expect((await undo(input)).outcome).toBe('pending');
      world.target.endAll();
      expect((await undo(input)).outcome).toBe('pending');
      world.target.endAll();
      expect(await undo(input)).toMatchObject({ outcome: 'again', attempt: 2 });
      expect(world.target.asked.slice(2).map(({ operation }) => operation)).toEqual([
        { type: 'deployVersion', service: 'middle', version: 'v2' },
        { type: 'setInstanceCount', service: 'front', count: 3 },
      ]);
      expect((await world.incidents.actions(world.id)).map((action) => action.undo)).toEqual(['undone', 'undone']);
    });

    it('gives the same answer again, and does nothing twice', async () => {
      for (let times = 0; times < 5; times += 1) {
        await undo(input);
        world.target.endAll();
      }
      expect((await undo(input)).outcome).toBe('again');
      expect(world.target.asked).toHaveLength(4);
    });

    it('fails when it cannot be put back', async () => {
      await undo(input);
      const key = `${world.id}#1#1#undo#0`;
      world.target.statuses.set(key, { state: 'failed', key, endedAt: world.clock.now(), reason: 'no such version' });
      expect((await undo(input)).outcome).toBe('failed');
      world.target.endAll();
      expect((await undo(input)).outcome).toBe('failed');
    });

    it('fails when it never ends', async () => {
      await undo(input);
      world.clock.pass(15 * 60);
      // What was held has expired meanwhile, and nobody else took it.
      expect((await undo(input)).outcome).toBe('failed');
    });

    it('keeps off a service that another incident took over', async () => {
      world.clock.pass(601);
      await world.leases.take({ name: 'remediation#middle', owner: 'another', now: world.clock.now(), seconds: 600 });
      expect((await undo(input)).outcome).toBe('failed');
      expect(world.target.asked).toHaveLength(2);
    });
  });

  describe('of a step that was given up before it ended', () => {
    const givenUp = async () => {
      world = remediationWorld();
      undo = createUndo(world);
      const act = createAct(world, limits);
      await world.begin('diagnosing');
      await world.filePlan(planOfSteps(['scale-out', { service: 'front', instances: 5 }]));
      await world.fileDecision('auto');
      await act(world.input);
      world.clock.pass(15 * 60);
      expect((await act(world.input)).outcome).toBe('failed');
    };
    const filed = async () =>
      (await world.incidents.actions(world.id)).map(({ status, undo: taken }) => [status, taken]);

    it('puts back what was done after all', async () => {
      await givenUp();
      world.target.endAll({ instanceCount: 3 });
      expect((await undo(world.input)).outcome).toBe('pending');
      expect(world.target.asked.at(-1)?.operation).toEqual({ type: 'setInstanceCount', service: 'front', count: 3 });
      world.target.endAll();
      expect((await undo(world.input)).outcome).toBe('again');
      expect(await filed()).toEqual([['done', 'undone']]);
    });

    it('needs nothing when it failed in the end', async () => {
      await givenUp();
      const key = `${world.id}#1#0`;
      world.target.statuses.set(key, { state: 'failed', key, endedAt: world.clock.now(), reason: 'no capacity' });
      expect((await undo(world.input)).outcome).toBe('again');
      expect(await filed()).toEqual([['failed', 'notNeeded']]);
    });

    it('leaves it to a person while nobody knows', async () => {
      await givenUp();
      const { outcome, reason } = await undo(world.input);
      expect([outcome, reason]).toEqual(['failed', expect.stringContaining('not known')]);
      expect(await filed()).toEqual([['intended', 'none']]);
    });
  });

  it('has nothing to put back after a transient step', async () => {
    const input = await acted(1, ['restart-service', { service: 'middle' }]);
    expect((await undo(input)).outcome).toBe('again');
    expect(world.target.asked).toHaveLength(1);
    expect((await world.incidents.actions(world.id)).map((action) => action.undo)).toEqual(['notNeeded']);
  });

  it('says when no attempt is left', async () => {
    const input = await acted(3, ['restart-service', { service: 'middle' }]);
    expect(await undo(input)).toMatchObject({ outcome: 'spent', attempt: 3 });
  });
});
