import { resourceNames } from '../../lambdas/contract/stage.ts';
import { fleetTable } from '../../lambdas/workload/cloud/fleet-table.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { advance, type FleetState, type Truth } from '../../lambdas/workload/fleet.ts';
import type { Operator } from '../../scripts/operator/connect.ts';
import { UserError } from '../../scripts/user-error.ts';

/** The running shop as it truly is, which nothing of the responder may read. */
export type ShopTruth = {
  state(): Promise<FleetState>;
};

export const shopTruth = ({ tables, stage }: Pick<Operator, 'tables' | 'stage'>): ShopTruth => {
  const store = fleetTable(tables, resourceNames(stage).table('fleet'));
  return {
    state: async () => {
      const stored = await store.load();
      if (stored === null) throw new UserError('The shop has not begun yet: npm run status');
      if ('unreadable' in stored) throw new UserError('The shop was written by other code: npm run deploy');
      if (stored.stopped) throw new UserError('The shop has stopped itself after its eight hours: npm run deploy');
      return stored.state;
    },
  };
};

/** How a shop fares at the end of what was simulated. */
export const truthOfState = (state: FleetState): Truth =>
  advance(state, state.at, { faults: [], operations: [] }, 'changes').truth;

const lookMilliseconds = 60_000;

/** The same shop with the same fault, in which nobody does anything. */
export const doNothingTwin = (from: FleetState, fault: ActiveFault) => {
  let state = from;
  return {
    /** Its truth at `at`, epoch milliseconds, not before any earlier asked. */
    truthAt: (at: number): Truth => {
      const advanced = advance(state, Math.max(at, state.at), { faults: [fault], operations: [] }, 'changes');
      state = advanced.state;
      return advanced.truth;
    },
    /** Whether it hurts at any moment of the next so many seconds, looked at each minute; it has lived through them then. */
    hurtsWithin: (seconds: number): boolean => {
      const until = state.at + seconds * 1000;
      while (state.at < until) {
        const advanced = advance(state, state.at + lookMilliseconds, { faults: [fault], operations: [] }, 'changes');
        state = advanced.state;
        if (advanced.truth.hurting) return true;
      }
      return false;
    },
  };
};
