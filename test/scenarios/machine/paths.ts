import { expect, it } from 'vitest';
import type { MachineWorld } from './world.ts';

/** Which way it takes by what its functions answer, and when. */
export const takesItsPaths = (machine: MachineWorld): void => {
  it('goes from evidence to a verified end', async () => {
    expect(await machine.run({})).toEqual([
      'Begin',
      'WaitBeforeEvidence',
      'GatherEvidence',
      'IfGathered',
      'Diagnose',
      'IfDiagnosed',
      'Plan',
      'IfPlanned',
      'Decide',
      'ByAuthority',
      'Act',
      'ByProgress',
      'Verify',
      'ByVerdict',
      'Close',
      'Ended',
    ]);
    expect(machine.calls.every(({ payload }) => payload['incidentId'] === machine.id && payload['attempt'] === 1)).toBe(
      true,
    );
    expect(await machine.orchestrator.status(machine.id)).toBe('ended');
  });

  it('waits one scan before the evidence and between polls', async () => {
    const pending = { outcome: 'pending', reason: 'under way' };
    const entered = await machine.run({
      act: [pending, { outcome: 'busy', reason: 'held' }, { outcome: 'done', reason: '' }],
      verify: [pending, { outcome: 'notRecovered', reason: '' }, { outcome: 'recovered', reason: '' }],
      undo: [pending, { outcome: 'again', attempt: 2, reason: '' }],
    });
    expect(entered.filter((state) => state.startsWith('Wait'))).toEqual([
      'WaitBeforeEvidence',
      'WaitForAct',
      'WaitForAct',
      'WaitForRecovery',
      'WaitForUndo',
      'WaitBeforeEvidence',
    ]);
    const times = machine.calls.map(({ at }) => (at - machine.start) / 1000);
    expect(times[0]).toBe(5);
    expect(times.at(-1)).toBe(30);
    expect(entered.at(-1)).toBe('Ended');
  });

  it('looks again for evidence that tells too little', async () => {
    const entered = await machine.run({
      'gather-evidence': [
        { outcome: 'unclear', evidenceKey: null },
        { outcome: 'gathered', evidenceKey: 'key' },
      ],
    });
    expect(entered.slice(2, 7)).toEqual([
      'GatherEvidence',
      'IfGathered',
      'WaitForMoreEvidence',
      'GatherEvidence',
      'IfGathered',
    ]);
    const [first, second] = machine.calls.filter(({ name }) => name === 'gather-evidence').map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBe(10_000);
    expect(entered.at(-1)).toBe('Ended');
  });

  it('begins the next attempt with its own number', async () => {
    await machine.run({
      verify: [
        { outcome: 'notRecovered', reason: '' },
        { outcome: 'recovered', reason: '' },
      ],
    });
    expect(machine.calls.filter(({ name }) => name === 'act').map(({ payload }) => payload['attempt'])).toEqual([1, 2]);
    expect(machine.calls.find(({ name }) => name === 'close')?.payload['attempt']).toBe(2);
  });

  it('takes a failed act back', async () => {
    const entered = await machine.run({
      act: { outcome: 'failed', reason: 'refused' },
      undo: { outcome: 'spent', attempt: 3, reason: '3 attempts did not help' },
    });
    expect(entered.slice(-4)).toEqual(['ByUndo', 'BecauseSpent', 'Escalate', 'Ended']);
    expect(machine.reason()).toBe('3 attempts did not help');
  });

  it.each([
    ['diagnose', { outcome: 'unusable', reason: 'no reply' }, 'BecauseNoDiagnosis'],
    ['plan', { outcome: 'unusable', reason: 'no plan' }, 'BecauseNoPlan'],
    ['decide', { outcome: 'deny', reason: 'denied' }, 'BecauseDenied'],
    ['act', { outcome: 'refused', reason: 'nobody allowed it' }, 'BecauseNotActed'],
    ['verify', { outcome: 'inconclusive', reason: 'no telemetry' }, 'BecauseInconclusive'],
  ] as const)('escalates for the reason that %s gives', async (name, reply, because) => {
    const entered = await machine.run({ [name]: reply });
    expect(entered.slice(-3)).toEqual([because, 'Escalate', 'Ended']);
    expect(machine.reason()).toBe(reply.reason);
  });

  it.each(['gather-evidence', 'diagnose', 'plan', 'decide', 'act', 'verify', 'undo'] as const)(
    'ends quietly when %s finds the incident gone',
    async (name) => {
      const gone = { outcome: 'gone', reason: '', evidenceKey: null, attempt: 1 };
      const entered = await machine.run({
        [name]: gone,
        ...(name === 'undo' ? { act: { outcome: 'failed', reason: '' } } : {}),
      });
      expect(entered.at(-1)).toBe('Ended');
      expect(entered).not.toContain('Escalate');
    },
  );
};
