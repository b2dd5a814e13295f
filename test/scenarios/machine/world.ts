import { afterEach, beforeAll, beforeEach } from 'vitest';
import { z } from 'zod';
import { countingIds } from '../../../lambdas/adapters/memory/ids.ts';
import type { FunctionName } from '../../../lambdas/contract/stage.ts';
import { type LocalOrchestrator, localOrchestrator } from '../../../scripts/scenario/local-orchestrator.ts';
import { type MachineDefinition, synthesiseMachine } from '../../../scripts/scenario/synthesise-machine.ts';
import { installVirtualClock, type VirtualClock } from '../../../scripts/scenario/virtual-clock.ts';

type Reply = Record<string, unknown> | Error;
/** What functions of the machine answer, one reply after another, the last one for ever. */
export type Script = Partial<Record<FunctionName, Reply | readonly Reply[]>>;
type Call = { readonly name: string; readonly at: number; readonly payload: Record<string, unknown> };

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

const payloadSchema = z.record(z.string(), z.unknown());

export type MachineWorld = ReturnType<typeof machineWorld>;

/** The deployed definition with scripted functions, begun anew in virtual time by every test. */
export function machineWorld() {
  const start = Date.UTC(2026, 2, 3, 10);
  const ids = countingIds({ now: () => start });
  const visited = new Set<string>();
  const fired = new Set<string>();
  let definition: MachineDefinition;
  let clock: VirtualClock;
  let orchestrator: LocalOrchestrator;
  let id = ids.incident();
  let calls: Call[] = [];

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
          calls.push({ name, at: clock.now(), payload: payloadSchema.parse(payload) });
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

  return {
    start,
    visited,
    /** States whose Catch is seen to fire. */
    fired,
    begin,
    pass,
    states,
    run,
    token,
    reason,
    get definition() {
      return definition;
    },
    get orchestrator() {
      return orchestrator;
    },
    get id() {
      return id;
    },
    get calls(): readonly Call[] {
      return calls;
    },
  };
}
