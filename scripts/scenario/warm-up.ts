import type { MemoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import { type FleetState, initialFleet } from '../../lambdas/workload/fleet.ts';
import { fleetWorld } from './fleet-world.ts';
import { day, hour, minute } from './rhythm.ts';

/**
 * The healthy past that detection learns from when it first looks, the same as
 * is filled in on a local cloud: 24 hours at 5 minutes, the last of them in the
 * steps of the run. Returns the fleet as it is at `at`, epoch milliseconds.
 */
export const warmUp = (seed: number, at: number, stepSeconds: number, telemetry: MemoryTelemetry): FleetState => {
  const fleet = fleetWorld(initialFleet({ seed, at: at - day }), telemetry, { now: () => at });
  for (let to = at - day + 5 * minute; to <= at - hour; to += 5 * minute) fleet.step(to, 'metrics');
  const step = stepSeconds * 1000;
  for (let to = at - hour + step; to <= at; to += step) fleet.step(to, 'all');
  return fleet.state();
};
