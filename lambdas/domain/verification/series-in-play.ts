import type { Series } from '../signal/series.ts';
import { servedElsewhere } from '../topology/served-elsewhere.ts';
import type { Topology } from '../topology/topology.ts';

/**
 * Whether a series still says how callers are served. It does not when its instance is no longer run or stands
 * in a zone taken out of rotation, nor when every caller of its service uses the standby instead: what carries
 * the load in its place is judged by the series of the service, or of the callers.
 */
export const seriesInPlay = (topology: Topology): ((series: Pick<Series, 'service' | 'instance'>) => boolean) => {
  const inRotation = new Set<string>(
    topology.services.flatMap(({ instances, desired }) =>
      instances.filter(({ zone }) => !desired.drainedZones.includes(zone)).map(({ id }) => id),
    ),
  );
  const outOfUse = servedElsewhere(topology);
  return ({ service, instance }) => !outOfUse.has(service) && (instance === null || inRotation.has(instance));
};
