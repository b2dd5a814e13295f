import { describe, expect, it } from 'vitest';
import type { MachineWorld, Script } from './world.ts';

/** What follows from what a person answers, or does not. */
export const asksPeople = (machine: MachineWorld): void => {
  describe.each([
    ['approve', 'AskForApproval', 'yes', 'Act', 15],
    ['review', 'AskForReview', 'yes', 'Act', 60],
    ['manual', 'AskForManualWork', 'done', 'Verify', 60],
  ] as const)('%s', (authority, state, word, then, minutes) => {
    const script: Script = { decide: { outcome: authority, reason: 'a person is asked' } };

    it(`waits at ${state} and goes on to ${then} after '${word}'`, async () => {
      await machine.begin(script);
      await machine.pass(minutes * 60 - 10);
      expect(machine.states().at(-1)).toBe(state);
      expect(await machine.orchestrator.answer(machine.token(), { answer: word, by: 'someone' })).toBe(true);
      await machine.pass(10);
      expect(machine.states()).toContain(then);
      expect(machine.states().at(-1)).toBe('Ended');
      expect(machine.states()).not.toContain('Escalate');
      expect(await machine.orchestrator.answer(machine.token(), { answer: word, by: 'someone' })).toBe(false);
    });

    it('escalates after a no', async () => {
      await machine.begin(script);
      await machine.pass(60);
      await machine.orchestrator.answer(machine.token(), { answer: 'no', by: 'someone' });
      await machine.pass(10);
      expect(machine.states().slice(-3)).toEqual(['BecauseRefused', 'Escalate', 'Ended']);
      expect(machine.reason()).toBe('a person answered no');
      expect(machine.states()).not.toContain('Act');
    });

    it(`takes ${minutes} minutes of silence for a no`, async () => {
      await machine.begin(script);
      await machine.pass(minutes * 60 + 10);
      machine.fired.add(state);
      expect(machine.states().slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
      expect(String(machine.reason())).toContain('States.Timeout');
    });

    it('escalates when the question could not be asked', async () => {
      await machine.run({ ...script, 'ask-person': new Error('no table') });
      expect(machine.states().slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
    });
  });
};
