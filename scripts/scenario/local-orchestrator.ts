import { StateMachine } from 'aws-local-stepfunctions';
import { z } from 'zod';
import type { FunctionName } from '../../lambdas/contract/stage.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { Orchestrator, PersonAnswer } from '../../lambdas/ports/orchestrator.ts';
import type { MachineDefinition } from './synthesise-machine.ts';

/** What a function of the machine does with its payload, as its Lambda would. */
export type MachineFunctions = Readonly<Partial<Record<FunctionName, (payload: unknown) => Promise<unknown>>>>;

export type StateEntry = { readonly incidentId: IncidentId; readonly at: number; readonly state: string };

export type LocalOrchestrator = Orchestrator & {
  /** Every state that was entered, in order. */
  readonly history: readonly StateEntry[];
  /** Executions that failed outright, with why. */
  readonly failures: readonly string[];
  running(): number;
  /** Ends what still runs. */
  stop(): void;
};

type Execution = { status: 'running' | 'ended'; abort: () => void };
type Json = Parameters<StateMachine['run']>[0];

const functionPrefix = /^arn:aws:lambda:[^:]*:[^:]*:function:kintsugi-/;

/** What a task that waits for a person calls, with the token that the answer must bring. */
const waitingSchema = z.object({ FunctionName: z.string(), Payload: z.looseObject({ token: z.string() }) });

/**
 * Runs the deployed definition in this process, each Task calling the function
 * that the definition names. Waits and time limits are timers, so whoever owns
 * the clock owns them.
 */
export const localOrchestrator = (definition: MachineDefinition, functions: MachineFunctions): LocalOrchestrator => {
  // The library validates the document itself; its type would have every kind of state spelt out here, too.
  const machine = new StateMachine(definition as never);
  const executions = new Map<IncidentId, Execution>();
  const waiting = new Map<string, (answer: PersonAnswer) => void>();
  const history: StateEntry[] = [];
  const failures: string[] = [];
  let tokens = 0;

  const call = async (arn: string, payload: unknown): Promise<Json> => {
    const name = arn.replace(functionPrefix, '');
    const [, run] = Object.entries(functions).find(([known]) => known === name) ?? [];
    if (run === undefined) throw new Error(`the machine calls ${arn}, which is not there`);
    return JSON.parse(JSON.stringify((await run(payload)) ?? null));
  };

  const waitForPerson = async (request: Json): Promise<Json> => {
    const { FunctionName: arn, Payload: payload } = waitingSchema.parse(request);
    const answered = new Promise<PersonAnswer>((resolve) => waiting.set(payload.token, resolve));
    await call(arn, payload);
    return answered;
  };

  const handlers = Object.fromEntries(
    Object.entries(definition.States).flatMap(([name, state]) => {
      if (state.Type !== 'Task') return [];
      const resource = String(state['Resource']);
      const handler = resource.endsWith('.waitForTaskToken')
        ? waitForPerson
        : (payload: Json) => call(resource, payload);
      return [[name, handler]];
    }),
  );

  const follow = async (id: IncidentId, execution: Execution, run: ReturnType<StateMachine['run']>) => {
    const reading = (async () => {
      for await (const event of run.eventLogs) {
        if (event.type === 'StateEntered') {
          history.push({ incidentId: id, at: event.timestamp, state: event.state.name });
        }
      }
    })();
    try {
      await run.result;
    } catch (error) {
      failures.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await reading;
    execution.status = 'ended';
  };

  return {
    history,
    failures,
    running: () => [...executions.values()].filter(({ status }) => status === 'running').length,
    stop: () => {
      for (const execution of executions.values()) if (execution.status === 'running') execution.abort();
    },
    start: async (id) => {
      if (executions.has(id)) return;
      const run = machine.run(
        { incidentId: id },
        {
          overrides: { taskResourceLocalHandlers: handlers },
          noThrowOnAbort: true,
          context: tokenContext(() => {
            tokens += 1;
            return `${id}/${tokens}`;
          }),
        },
      );
      const execution: Execution = { status: 'running', abort: run.abort };
      executions.set(id, execution);
      // Failures are kept by `follow` itself; nothing is left that could reject.
      void follow(id, execution, run);
    },
    status: async (id) => executions.get(id)?.status ?? 'none',
    answer: async (token, result) => {
      const resolve = waiting.get(token);
      waiting.delete(token);
      resolve?.(result);
      return resolve !== undefined;
    },
  };
};

/** Every reading of the token is a fresh one, as every waiting task has its own. */
const tokenContext = (next: () => string): Record<string, Json> => ({
  Task: {
    get Token() {
      return next();
    },
  },
});
