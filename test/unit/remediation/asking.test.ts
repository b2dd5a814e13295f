import { beforeEach, describe, expect, it } from 'vitest';
import { countingIds } from '../../../lambdas/adapters/memory/ids.ts';
import { defaultLimits } from '../../../lambdas/domain/policy/limits.ts';
import { createAskPerson } from '../../../lambdas/remediation/ask-person.ts';
import { createDecide } from '../../../lambdas/remediation/decide.ts';
import { planOfSteps, type RemediationWorld, remediationWorld, type StepOf } from '../../support/remediation-world.ts';

let world: RemediationWorld;

describe('decide', () => {
  let decide: ReturnType<typeof createDecide>;
  beforeEach(async () => {
    world = remediationWorld();
    decide = createDecide(world, defaultLimits);
    await world.begin('diagnosing');
  });
  const concluded = async (confidence: number, ...steps: readonly StepOf[]) => {
    await world.fileDiagnosis(1, confidence);
    await world.filePlan(planOfSteps(...steps));
  };

  it('lets a safe plan go ahead', async () => {
    await concluded(0.95, ['scale-out', { service: 'middle', instances: 4 }]);
    expect((await decide(world.input)).outcome).toBe('auto');
    expect((await world.present()).state).toBe('diagnosing');
  });

  it.each([
    ['approve', 'awaitingApproval', 0.95, ['rotate-credential', { service: 'middle' }]],
    ['review', 'awaitingReview', 0.6, ['scale-out', { service: 'middle', instances: 4 }]],
  ] as const)('has the incident wait for %s', async (authority, state, confidence, [runbook, parameters]) => {
    await concluded(confidence, [runbook, parameters]);
    expect((await decide(world.input)).outcome).toBe(authority);
    const incident = await world.present();
    expect(incident.state).toBe(state);
    expect((await decide(world.input)).outcome).toBe(authority);
    expect(await world.present()).toEqual(incident);
    expect((await world.incidents.decisions(world.id)).filter(({ kind }) => kind === 'decision')).toHaveLength(1);
  });

  it('keeps to the decision on file', async () => {
    await concluded(0.95, ['scale-out', { service: 'middle', instances: 4 }]);
    await decide(world.input);
    const stricter = createDecide(world, { ...defaultLimits, actionsPerHour: 0 });
    expect((await stricter(world.input)).outcome).toBe('auto');
  });

  it('goes by the decision that another call filed meanwhile', async () => {
    await concluded(0.95, ['scale-out', { service: 'middle', instances: 4 }]);
    const describe = async () => {
      await world.fileDecision('approve');
      return world.target.describe();
    };
    const slower = createDecide({ ...world, target: { describe } }, defaultLimits);
    expect((await slower(world.input)).outcome).toBe('approve');
    expect((await world.present()).state).toBe('awaitingApproval');
  });

  describe('after another incident acted on the service', () => {
    const other = countingIds({ now: () => 0 }).incident();
    beforeEach(async () => {
      await concluded(0.95, ['scale-out', { service: 'middle', instances: 4 }]);
      await world.actElsewhere(other, 'middle');
      // The remediation is verified for longer than a cooldown lasts.
      world.clock.pass(400);
    });
    it('asks a person while that one is being remediated', async () => {
      expect((await decide(world.input)).outcome).toBe('approve');
    });

    it('asks a person, too, when the process of that one died and its lease has run out', async () => {
      world.clock.pass(3600);
      expect((await decide(world.input)).outcome).toBe('approve');
      await world.endElsewhere(other, false);
      world.clock.pass(299);
      expect((await decide(world.input)).outcome).toBe('approve');
    });

    it('asks a person until the cooldown, which begins when it is over, has passed', async () => {
      await world.endElsewhere(other);
      world.clock.pass(299);
      expect((await decide(world.input)).outcome).toBe('approve');
    });

    it('goes ahead after that', async () => {
      await world.endElsewhere(other);
      world.clock.pass(300);
      expect((await decide(world.input)).outcome).toBe('auto');
    });
  });
});

describe('ask-person', () => {
  let ask: ReturnType<typeof createAskPerson>;
  const question = () => ({ ...world.input, kind: 'approve' as const, token: 'token-1', timeoutSeconds: 900 });
  beforeEach(async () => {
    world = remediationWorld();
    ask = createAskPerson(world);
    await world.begin('awaitingApproval');
    await world.filePlan(planOfSteps(['rotate-credential', { service: 'middle' }]));
    await world.fileDecision('approve');
  });

  it('writes the question with its token before it tells anyone', async () => {
    let rows = 0;
    const notify = async () => {
      rows = (await world.incidents.pendingApprovals()).length;
    };
    await createAskPerson({ ...world, notifier: { notify } })(question());
    expect(rows).toBe(1);
    const [row] = await world.incidents.pendingApprovals();
    expect(row).toMatchObject({ token: 'token-1', expiresAt: world.clock.now() + 900_000, kind: 'approve' });
  });

  it('asks once', async () => {
    await ask(question());
    await ask(question());
    expect(world.notifier.sent).toHaveLength(1);
    expect(world.notifier.sent[0]?.body).toContain(`npm run approve -- ${world.id}`);
    expect(world.notifier.sent[0]?.body).not.toContain('token-1');
  });

  it('refuses a second token: nobody could answer it', async () => {
    await ask(question());
    await expect(ask({ ...question(), token: 'token-2' })).rejects.toThrow('another task token');
  });

  it('refuses to ask about an incident that does not wait for it', async () => {
    await expect(ask({ ...question(), kind: 'manual' })).rejects.toThrow("does not wait for 'manual'");
    await world.move('escalated');
    await expect(ask(question())).rejects.toThrow('does not wait');
    expect(world.notifier.sent).toEqual([]);
  });
});
