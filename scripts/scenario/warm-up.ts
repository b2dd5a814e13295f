import type { MemoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import type { FleetState } from '../../lambdas/workload/fleet.ts';
import { fullHistory, makeHistory } from '../../lambdas/workload/history.ts';
import { datumMaker } from './published-datum.ts';

/**
 * The healthy past that detection learns from when it first looks: the very
 * history that a new shop publishes on a local cloud. Returns the fleet as it
 * is at `at`, epoch milliseconds.
 */
export const warmUp = (seed: number, at: number, stepSeconds: number, telemetry: MemoryTelemetry): FleetState => {
  const { state, series, logs, changes } = makeHistory({ seed, to: at, stepSeconds }, fullHistory);
  telemetry.publish({ metrics: series.flat().map(datumMaker()), logs, changes });
  return state;
};
