import { noControlSurface } from '../domain/topology/topology.ts';
import { unconnectedTopology } from '../domain/topology/unconnected-topology.ts';
import type { Clock } from '../ports/clock.ts';
import type { Target } from '../ports/target.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** A workload that nobody can operate from here: what is known of it is what its series name. */
export function watchedTarget(telemetry: Pick<Telemetry, 'listSeries'>, clock: Clock): Target {
  return {
    describe: async () => unconnectedTopology(await telemetry.listSeries(), clock.now()),
    operate: async ({ key }) => ({ state: 'failed', key, endedAt: clock.now(), reason: noControlSurface }),
  };
}
