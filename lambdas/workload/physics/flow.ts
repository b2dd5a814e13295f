import { collectOutcome } from './collect-outcome.ts';
import { designs } from './designs.ts';
import type { Loads } from './loads.ts';
import { offerFromEdge, spreadLoad } from './spread-load.ts';
import type { FleetState } from './state.ts';

/**
 * One sub-step of the call graph: load travels from the edge down, latency and
 * failure travel back up. Waiting for a processor follows Sakasegawa's (1977)
 * approximation of M/M/c; time-outs and retries of the last sub-step are this
 * one's extra load.
 */
export function flow(state: FleetState, loads: Loads, demand: number): void {
  offerFromEdge(state, loads, demand);
  for (let s = 0; s < designs.length; s += 1) spreadLoad(state, loads, s);
  for (let s = designs.length - 1; s >= 0; s -= 1) collectOutcome(state, loads, s);
}
