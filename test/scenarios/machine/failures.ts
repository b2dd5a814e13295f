import { expect, it } from 'vitest';
import { localOrchestrator } from '../../../scripts/scenario/local-orchestrator.ts';
import type { MachineWorld } from './world.ts';

const named = (name: string): Error => Object.assign(new Error(`${name} happened`), { name });

/** What follows when a function fails, is not let in, or takes too long. */
export const survivesFailures = (machine: MachineWorld): void => {
  it.each([
    ['GatherEvidence', 'gather-evidence'],
    ['Diagnose', 'diagnose'],
    ['Plan', 'plan'],
    ['Decide', 'decide'],
    ['Act', 'act'],
    ['Verify', 'verify'],
    ['Undo', 'undo'],
    ['Close', 'close'],
  ] as const)('escalates when %s throws, without trying again', async (state, name) => {
    await machine.begin({
      [name]: new Error('of our own making'),
      ...(name === 'undo' ? { act: { outcome: 'failed', reason: '' } } : {}),
    });
    await machine.pass(120);
    machine.fired.add(state);
    expect(machine.calls.filter((call) => call.name === name)).toHaveLength(1);
    expect(machine.states().slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
    expect(String(machine.reason())).toContain('of our own making');
  });

  it('asks again when Lambda was busy', async () => {
    const entered = await machine.run({
      diagnose: [
        named('Lambda.TooManyRequestsException'),
        named('Lambda.ServiceException'),
        { outcome: 'diagnosed', reason: '' },
      ],
    });
    expect(machine.calls.filter(({ name }) => name === 'diagnose')).toHaveLength(3);
    expect(entered).toContain('Close');
  });

  it('gives up a task that takes too long', async () => {
    await machine.begin({});
    machine.orchestrator.stop();
    const never = new Promise<never>(() => undefined);
    const slow = localOrchestrator(machine.definition, {
      'gather-evidence': () => never,
      escalate: async () => ({ outcome: 'ended' }),
    });
    await slow.start(machine.id);
    await machine.pass(180);
    expect(slow.history.map(({ state }) => state).slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
  });

  it('tries the escalation again, and fails aloud when nobody can be told', async () => {
    const entered = await machine.run({ diagnose: new Error('first'), escalate: new Error('no topic') }, 300);
    machine.fired.add('Escalate');
    expect(machine.calls.filter(({ name }) => name === 'escalate')).toHaveLength(6);
    expect(entered.at(-1)).toBe('NobodyTold');
    expect(machine.orchestrator.failures).toHaveLength(1);
  });
};
