import type { MemoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import type { OperationStatus } from '../../lambdas/domain/topology/operation.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import {
  advance,
  describeFleet,
  type FleetInputs,
  type FleetState,
  type PublishExtent,
  type Truth,
} from '../../lambdas/workload/fleet.ts';
import { datumMaker } from './published-datum.ts';

/** The shop, the switch its faults are injected by, and its platform's API. */
export type FleetWorld = {
  readonly target: Target;
  state(): FleetState;
  /** How the shop really fares; null before the first step. */
  truth(): Truth | null;
  inject(fault: ActiveFault): void;
  /** Advances to `to`, epoch milliseconds, and publishes what happened. */
  step(to: number, extent?: PublishExtent): void;
};

type Requested = FleetInputs['operations'][number];

export const fleetWorld = (
  initial: FleetState,
  telemetry: Pick<MemoryTelemetry, 'publish'> | null,
  clock: { now(): number },
): FleetWorld => {
  let state = initial;
  let truth: Truth | null = null;
  let known: ReadonlyMap<string, OperationStatus> = new Map();
  let requested: Requested[] = [];
  const faults: ActiveFault[] = [];
  const toDatum = datumMaker();

  return {
    state: () => state,
    truth: () => truth,
    inject: (fault) => {
      faults.push(fault);
    },
    target: {
      describe: async () => describeFleet(state),
      operate: async ({ key, operation }) => {
        const status = known.get(key);
        if (status !== undefined) return status;
        if (!requested.some((request) => request.key === key)) {
          requested.push({ key, operation, at: clock.now() });
        }
        return { state: 'pending', key };
      },
    },
    step: (to, extent = telemetry === null ? 'changes' : 'all') => {
      const advanced = advance(state, to, { faults, operations: requested }, extent);
      state = advanced.state;
      truth = advanced.truth;
      known = new Map(advanced.operations.map((status) => [status.key, status]));
      requested = requested.filter(({ key }) => !known.has(key));
      if (telemetry === null) return;
      const { metrics, logs, changes } = advanced.published;
      telemetry.publish({ metrics: metrics.map(toDatum), logs, changes });
    },
  };
};
