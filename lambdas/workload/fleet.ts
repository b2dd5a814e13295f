import type { OperationStatus } from '../contract/target-api.ts';
import { describeFleet } from './physics/describe.ts';
import { healthyEdgeP95 } from './physics/healthy-latency.ts';
import { settledFleet } from './physics/initial.ts';
import type { PublishedMetric } from './physics/metric-sums.ts';
import { statusOf } from './physics/operation-status.ts';
import { type PublishExtent, type Published, Recorder } from './physics/recorder.ts';
import { copyState, type FleetState, fleetStateSchema, subStepMilliseconds } from './physics/state.ts';
import { type FleetInputs, subStep } from './physics/sub-step.ts';
import { judge, type Truth } from './physics/truth.ts';

/**
 * The watched shop: pure functions of seed, time, faults at work and operations
 * asked for. Times are epoch milliseconds. The physics always moves in sub-steps
 * of 5 s, so that publishing every 5 s or every 60 s gives the same history.
 */
export type { FleetInputs, FleetState, PublishExtent, Published, PublishedMetric, Truth };
export { describeFleet };

export type Advanced = {
  readonly state: FleetState;
  /** What a platform would publish for [state.at, to). */
  readonly published: Published;
  /** Every operation known, the finished ones too, oldest first. */
  readonly operations: readonly OperationStatus[];
  readonly truth: Truth;
};

/** A shop that has been running for long at `at`, a multiple of 5000. */
export function initialFleet(options: { readonly seed: number; readonly at: number }): FleetState {
  requireWholeSteps(options.at);
  return settledFleet(options.seed, options.at);
}

/**
 * Advances to `to`, a multiple of 5000 not before `state.at`; `state` itself is not changed.
 * `extent` leaves out log lines (`metrics`) or metrics too (`changes`) where nobody reads them.
 * Throws a RangeError on any other `to`.
 */
export function advance(state: FleetState, to: number, inputs: FleetInputs, extent: PublishExtent = 'all'): Advanced {
  requireWholeSteps(to);
  if (to < state.at) throw new RangeError(`the fleet is at ${state.at} already and cannot go back to ${to}`);
  const next = copyState(state);
  const recorder = new Recorder(state.seed, extent);
  while (next.at < to) subStep(next, inputs, recorder);
  return {
    state: next,
    published: { metrics: recorder.metrics(state.at), logs: recorder.logs, changes: recorder.changes },
    operations: next.operations.map(statusOf),
    truth: judge(next, healthyEdgeP95(to)),
  };
}

/** A state as it was stored; throws a ZodError on anything else. */
export const parseFleetState = (json: string): FleetState => fleetStateSchema.parse(JSON.parse(json));

function requireWholeSteps(at: number): void {
  if (!Number.isInteger(at / subStepMilliseconds)) throw new RangeError(`${at} is not a multiple of 5000 ms`);
}
