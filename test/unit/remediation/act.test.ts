import { beforeEach, describe, expect, it } from 'vitest';
import { countingIds } from '../../../lambdas/adapters/memory/ids.ts';
import { defaultLimits } from '../../../lambdas/domain/policy/limits.ts';
import { createAct } from '../../../lambdas/remediation/act.ts';
import { planOfSteps, type RemediationWorld, remediationWorld } from '../../support/remediation-world.ts';

const restart = ['restart-service', { service: 'middle' }] as const;
const scaleOut = ['scale-out', { service: 'front', instances: 5 }] as const;

// The world of these tests has three services, and its plans change two of them.
const limits = { ...defaultLimits, fleetSharePerHour: 1 };

describe('act', () => {
  let world: RemediationWorld;
  let act: ReturnType<typeof createAct>;
  beforeEach(async () => {
    world = remediationWorld();
    act = createAct(world, limits);
    await world.begin('diagnosing');
  });
  const allowed = async () => {
    await world.filePlan(planOfSteps(restart, scaleOut));
    await world.fileDecision('auto');
  };
  const asked = async () => {
    await world.filePlan(planOfSteps(restart, scaleOut));
    await world.fileDecision('approve');
    await world.move('awaitingApproval');
  };

  it('carries out step after step, one call as far as it goes', async () => {
    await allowed();
    expect((await act(world.input)).outcome).toBe('pending');
    expect(world.target.asked.map(({ operation }) => operation.type)).toEqual(['restartService']);
    expect((await world.present()).state).toBe('remediating');
    world.clock.pass(20);
    world.target.endAll();
    expect((await act(world.input)).outcome).toBe('pending');
    expect(world.target.asked.map(({ operation }) => operation.type)).toEqual(['restartService', 'setInstanceCount']);
    world.target.endAll({ instanceCount: 3 });
    expect((await act(world.input)).outcome).toBe('done');
    const actions = await world.incidents.actions(world.id);
    expect(actions.map(({ status, before }) => [status, before])).toEqual([
      ['done', {}],
      ['done', { instanceCount: 3 }],
    ]);
  });

  it('writes its intent before it asks the platform', async () => {
    await allowed();
    let intended = 0;
    const operate: typeof world.target.operate = async (request) => {
      intended = (await world.incidents.actions(world.id)).length;
      return world.target.operate(request);
    };
    await createAct({ ...world, target: { ...world.target, operate } }, limits)(world.input);
    expect(intended).toBe(1);
  });

  it('takes up after a crash between intent and act, under the same key', async () => {
    await allowed();
    const crash = { ...world.target, operate: () => Promise.reject(new Error('crashed')) };
    await expect(createAct({ ...world, target: crash }, limits)(world.input)).rejects.toThrow('crashed');
    await act(world.input);
    await act(world.input);
    expect(world.target.asked).toHaveLength(1);
    expect(await world.incidents.actions(world.id)).toHaveLength(1);
    expect(world.target.asked[0]?.key).toBe(`${world.id}#1#0`);
  });

  it('does nothing more once all is done', async () => {
    await allowed();
    await act(world.input);
    world.target.endAll();
    await act(world.input);
    world.target.endAll();
    await act(world.input);
    const before = structuredClone(await world.incidents.actions(world.id));
    expect((await act(world.input)).outcome).toBe('done');
    expect(await world.incidents.actions(world.id)).toEqual(before);
    expect(world.target.asked).toHaveLength(2);
  });

  it('waits for a service that another incident is working on, and gives up in the end', async () => {
    await allowed();
    const name = 'remediation#middle';
    await world.leases.take({ name, owner: 'another', now: world.clock.now(), seconds: 3600 });
    expect((await act(world.input)).outcome).toBe('busy');
    expect(await world.leases.holder('remediation#front', world.clock.now())).toBeNull();
    expect(world.target.asked).toEqual([]);
    world.clock.pass(601);
    expect((await act(world.input)).outcome).toBe('refused');
    expect((await world.present()).state).toBe('diagnosing');
  });

  describe('when another incident ends for which it waited', () => {
    const other = countingIds({ now: () => 0 }).incident();
    const ended = async () => {
      await world.actElsewhere(other, 'middle');
      expect((await act(world.input)).outcome).toBe('busy');
      world.clock.pass(60);
      await world.endElsewhere(other);
    };

    it('refuses to act in the cooldown of that one on the word of policy, and holds nothing', async () => {
      await allowed();
      await ended();
      const { outcome, reason } = await act(world.input);
      expect([outcome, reason]).toEqual(['refused', expect.stringContaining('a short while ago')]);
      expect(world.target.asked).toEqual([]);
      expect(await world.leases.holder('remediation#middle', world.clock.now())).toBeNull();
      world.clock.pass(300);
      expect((await act(world.input)).outcome).toBe('pending');
    });

    it.each([
      ['lives', () => {}],
      ['ended a short while ago', () => world.endElsewhere(other, false)],
    ])('refuses as well after the lease of one ran out that %s', async (_, end) => {
      await world.actElsewhere(other, 'middle');
      world.clock.pass(601);
      await end();
      await allowed();
      expect((await act(world.input)).outcome).toBe('refused');
      expect(world.target.asked).toEqual([]);
    });

    it("acts on a person's yes, and goes on with what it began", async () => {
      await asked();
      const question = await world.ask('approve');
      await world.transitions.answer({ approval: question, status: 'yes', at: world.clock.now(), by: 'someone' });
      await ended();
      expect((await act(world.input)).outcome).toBe('pending');
    });
  });

  it('goes on with what it began, whatever the limits say by then', async () => {
    await allowed();
    await act(world.input);
    world.target.endAll();
    const narrower = createAct(world, { ...limits, actionsPerHour: 0 });
    expect((await narrower(world.input)).outcome).toBe('pending');
    expect(world.target.asked).toHaveLength(2);
  });

  it('acts on no word but that of policy or a person', async () => {
    await asked();
    expect((await act(world.input)).outcome).toBe('refused');
    const question = await world.ask('approve');
    expect((await act(world.input)).outcome).toBe('refused');
    await world.transitions.answer({ approval: question, status: 'no', at: world.clock.now(), by: 'someone' });
    expect((await act(world.input)).outcome).toBe('refused');
    expect(world.target.asked).toEqual([]);
  });

  it("acts after a person's yes", async () => {
    await asked();
    const question = await world.ask('approve');
    await world.transitions.answer({ approval: question, status: 'yes', at: world.clock.now(), by: 'someone' });
    expect((await act(world.input)).outcome).toBe('pending');
  });

  it('fails with the platform, and stays failed', async () => {
    await allowed();
    await act(world.input);
    const key = `${world.id}#1#0`;
    world.target.statuses.set(key, { state: 'failed', key, endedAt: world.clock.now(), reason: 'no capacity' });
    expect(await act(world.input)).toEqual({ outcome: 'failed', reason: 'restart-service: no capacity' });
    world.target.endAll();
    expect((await act(world.input)).outcome).toBe('failed');
    expect(world.target.asked).toHaveLength(1);
  });

  it('gives up an operation that never ends', async () => {
    await allowed();
    await act(world.input);
    world.clock.pass(15 * 60);
    expect((await act(world.input)).outcome).toBe('failed');
  });

  it('fails without touching anything when a step cannot be carried out', async () => {
    await world.filePlan(planOfSteps(['restart-instance', { service: 'middle', instance: 'gone' }]));
    await world.fileDecision('auto');
    expect((await act(world.input)).outcome).toBe('failed');
    expect(world.target.asked).toEqual([]);
  });

  it('is gone once the incident has moved on', async () => {
    await allowed();
    expect((await act({ ...world.input, attempt: 2 })).outcome).toBe('gone');
    await world.move('escalated');
    expect((await act(world.input)).outcome).toBe('gone');
  });
});
