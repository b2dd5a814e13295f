import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import type { FunctionName } from '../../lambdas/contract/stage.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import { type LocalOrchestrator, localOrchestrator } from '../../scripts/scenario/local-orchestrator.ts';
import { type MachineDefinition, synthesiseMachine } from '../../scripts/scenario/synthesise-machine.ts';
import { installVirtualClock, type VirtualClock } from '../../scripts/scenario/virtual-clock.ts';

type Reply = Record<string, unknown> | Error;
type Script = Partial<Record<FunctionName, Reply | readonly Reply[]>>;

const start = Date.UTC(2026, 2, 3, 10);
const visited = new Set<string>();
const fired = new Set<string>();

const wellBehaved: Script = {
  'gather-evidence': { outcome: 'gathered', evidenceKey: 'key' },
  diagnose: { outcome: 'diagnosed', reason: 'leak at cart' },
  plan: { outcome: 'planned', reason: 'restart-instance' },
  decide: { outcome: 'auto', reason: 'within limits' },
  'ask-person': {},
  act: { outcome: 'done', reason: 'restart-instance' },
  verify: { outcome: 'recovered', reason: '6 windows' },
  undo: { outcome: 'again', attempt: 2, reason: 'it did not help' },
  close: { outcome: 'ended' },
  escalate: { outcome: 'ended' },
};

const named = (name: string): Error => Object.assign(new Error(`${name} happened`), { name });

describe('the state machine', () => {
  let definition: MachineDefinition;
  let clock: VirtualClock;
  let orchestrator: LocalOrchestrator;
  let id: IncidentId;
  let calls: { readonly name: string; readonly at: number; readonly payload: Record<string, unknown> }[];
  const ids = countingIds({ now: () => start });

  beforeAll(() => {
    definition = synthesiseMachine(5);
  }, 60_000);
  beforeEach(() => {
    clock = installVirtualClock(start);
    calls = [];
    id = ids.incident();
  });
  afterEach(() => {
    orchestrator.stop();
    clock.uninstall();
  });

  const begin = async (script: Script): Promise<void> => {
    const functions = Object.fromEntries(
      Object.entries({ ...wellBehaved, ...script }).map(([name, replies]) => {
        const queue = Array.isArray(replies) ? [...replies] : [replies];
        const run = async (payload: unknown) => {
          calls.push({ name, at: clock.now(), payload: payload as Record<string, unknown> });
          const reply = queue.length > 1 ? queue.shift() : queue[0];
          if (reply instanceof Error) throw reply;
          return reply;
        };
        return [name, run];
      }),
    );
    orchestrator = localOrchestrator(definition, functions);
    await orchestrator.start(id);
    await clock.settle();
  };
  const pass = (seconds: number) => clock.advance(clock.now() + seconds * 1000, true);
  const states = () => {
    const entered = orchestrator.history.map(({ state }) => state);
    for (const state of entered) visited.add(state);
    return entered;
  };
  const run = async (script: Script, seconds = 120) => {
    await begin(script);
    await pass(seconds);
    return states();
  };
  const token = () => String(calls.findLast(({ name }) => name === 'ask-person')?.payload['token']);
  const reason = () => calls.findLast(({ name }) => name === 'escalate')?.payload['reason'];

  it('goes from evidence to a verified end', async () => {
    expect(await run({})).toEqual([
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
    expect(calls.every(({ payload }) => payload['incidentId'] === id && payload['attempt'] === 1)).toBe(true);
    expect(await orchestrator.status(id)).toBe('ended');
  });

  it('waits one scan before the evidence and between polls', async () => {
    const pending = { outcome: 'pending', reason: 'under way' };
    const entered = await run({
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
    const times = calls.map(({ at }) => (at - start) / 1000);
    expect(times[0]).toBe(5);
    expect(times.at(-1)).toBe(30);
    expect(entered.at(-1)).toBe('Ended');
  });

  it('looks again for evidence that tells too little', async () => {
    const entered = await run({
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
    const [first, second] = calls.filter(({ name }) => name === 'gather-evidence').map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBe(10_000);
    expect(entered.at(-1)).toBe('Ended');
  });

  it('begins the next attempt with its own number', async () => {
    await run({
      verify: [
        { outcome: 'notRecovered', reason: '' },
        { outcome: 'recovered', reason: '' },
      ],
    });
    expect(calls.filter(({ name }) => name === 'act').map(({ payload }) => payload['attempt'])).toEqual([1, 2]);
    expect(calls.find(({ name }) => name === 'close')?.payload['attempt']).toBe(2);
  });

  it('takes a failed act back', async () => {
    const entered = await run({
      act: { outcome: 'failed', reason: 'refused' },
      undo: { outcome: 'spent', attempt: 3, reason: '3 attempts did not help' },
    });
    expect(entered.slice(-4)).toEqual(['ByUndo', 'BecauseSpent', 'Escalate', 'Ended']);
    expect(reason()).toBe('3 attempts did not help');
  });

  it.each([
    ['diagnose', { outcome: 'unusable', reason: 'no reply' }, 'BecauseNoDiagnosis'],
    ['plan', { outcome: 'unusable', reason: 'no plan' }, 'BecauseNoPlan'],
    ['decide', { outcome: 'deny', reason: 'denied' }, 'BecauseDenied'],
    ['act', { outcome: 'refused', reason: 'nobody allowed it' }, 'BecauseNotActed'],
    ['verify', { outcome: 'inconclusive', reason: 'no telemetry' }, 'BecauseInconclusive'],
  ] as const)('escalates for the reason that %s gives', async (name, reply, because) => {
    const entered = await run({ [name]: reply });
    expect(entered.slice(-3)).toEqual([because, 'Escalate', 'Ended']);
    expect(reason()).toBe(reply.reason);
  });

  it.each(['gather-evidence', 'diagnose', 'plan', 'decide', 'act', 'verify', 'undo'] as const)(
    'ends quietly when %s finds the incident gone',
    async (name) => {
      const gone = { outcome: 'gone', reason: '', evidenceKey: null, attempt: 1 };
      const entered = await run({
        [name]: gone,
        ...(name === 'undo' ? { act: { outcome: 'failed', reason: '' } } : {}),
      });
      expect(entered.at(-1)).toBe('Ended');
      expect(entered).not.toContain('Escalate');
    },
  );

  describe.each([
    ['approve', 'AskForApproval', 'yes', 'Act', 15],
    ['review', 'AskForReview', 'yes', 'Act', 60],
    ['manual', 'AskForManualWork', 'done', 'Verify', 60],
  ] as const)('%s', (authority, state, word, then, minutes) => {
    const script: Script = { decide: { outcome: authority, reason: 'a person is asked' } };

    it(`waits at ${state} and goes on to ${then} after '${word}'`, async () => {
      await begin(script);
      await pass(minutes * 60 - 10);
      expect(states().at(-1)).toBe(state);
      expect(await orchestrator.answer(token(), { answer: word, by: 'someone' })).toBe(true);
      await pass(10);
      expect(states()).toContain(then);
      expect(states().at(-1)).toBe('Ended');
      expect(states()).not.toContain('Escalate');
      expect(await orchestrator.answer(token(), { answer: word, by: 'someone' })).toBe(false);
    });

    it('escalates after a no', async () => {
      await begin(script);
      await pass(60);
      await orchestrator.answer(token(), { answer: 'no', by: 'someone' });
      await pass(10);
      expect(states().slice(-3)).toEqual(['BecauseRefused', 'Escalate', 'Ended']);
      expect(reason()).toBe('a person answered no');
      expect(states()).not.toContain('Act');
    });

    it(`takes ${minutes} minutes of silence for a no`, async () => {
      await begin(script);
      await pass(minutes * 60 + 10);
      fired.add(state);
      expect(states().slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
      expect(String(reason())).toContain('States.Timeout');
    });

    it('escalates when the question could not be asked', async () => {
      await run({ ...script, 'ask-person': new Error('no table') });
      expect(states().slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
    });
  });

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
    await begin({
      [name]: new Error('of our own making'),
      ...(name === 'undo' ? { act: { outcome: 'failed', reason: '' } } : {}),
    });
    await pass(120);
    fired.add(state);
    expect(calls.filter((call) => call.name === name)).toHaveLength(1);
    expect(states().slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
    expect(String(reason())).toContain('of our own making');
  });

  it('asks again when Lambda was busy', async () => {
    const entered = await run({
      diagnose: [
        named('Lambda.TooManyRequestsException'),
        named('Lambda.ServiceException'),
        { outcome: 'diagnosed', reason: '' },
      ],
    });
    expect(calls.filter(({ name }) => name === 'diagnose')).toHaveLength(3);
    expect(entered).toContain('Close');
  });

  it('gives up a task that takes too long', async () => {
    await begin({});
    orchestrator.stop();
    const never = new Promise<never>(() => undefined);
    const slow = localOrchestrator(definition, {
      'gather-evidence': () => never,
      escalate: async () => ({ outcome: 'ended' }),
    });
    await slow.start(id);
    await pass(180);
    expect(slow.history.map(({ state }) => state).slice(-3)).toEqual(['BecauseOfFailure', 'Escalate', 'Ended']);
  });

  it('tries the escalation again, and fails aloud when nobody can be told', async () => {
    const entered = await run({ diagnose: new Error('first'), escalate: new Error('no topic') }, 300);
    fired.add('Escalate');
    expect(calls.filter(({ name }) => name === 'escalate')).toHaveLength(6);
    expect(entered.at(-1)).toBe('NobodyTold');
    expect(orchestrator.failures).toHaveLength(1);
  });

  it('was seen in every state, and every Catch fired', () => {
    expect([...visited].sort()).toEqual(Object.keys(definition.States).sort());
    const caught = Object.entries(definition.States).filter(([, state]) => 'Catch' in state);
    expect([...fired].sort()).toEqual(caught.map(([name]) => name).sort());
  });

  it('bounds every Task, and retries none but platform errors', () => {
    for (const [name, state] of Object.entries(definition.States)) {
      if (state.Type !== 'Task') continue;
      expect(state['TimeoutSeconds'], name).toBeGreaterThan(0);
      const retried = (state['Retry'] as { ErrorEquals: string[] }[]).flatMap(({ ErrorEquals }) => ErrorEquals);
      if (name === 'Escalate') expect(retried).toEqual(['States.ALL']);
      else
        expect(
          retried.every((error) => error.startsWith('Lambda.')),
          name,
        ).toBe(true);
    }
  });
});
