import type { Direction } from '../anomaly/anomaly.ts';
import type { MetricRole } from '../signal/series.ts';

type Side = 'above' | 'below';

/**
 * The side of its band on which a role does harm. Serving more than expected,
 * on more instances, is no harm in itself: after a surge was met with capacity,
 * demand stays high and the service is well.
 */
const harmful: Record<MetricRole, readonly Side[]> = {
  requests: ['below'],
  instances: ['below'],
  heartbeat: ['below'],
  cacheHits: ['below'],
  errors: ['above'],
  timeouts: ['above'],
  retries: ['above'],
  latency: ['above'],
  cpu: ['above'],
  memory: ['above'],
  disk: ['above'],
  garbageCollection: ['above'],
  connections: ['above'],
  queueDepth: ['above'],
  queueAge: ['above'],
  restarts: ['above'],
  logErrors: ['above'],
  logPattern: ['above'],
  other: ['above', 'below'],
};

const growsWithHealthyDemand: readonly MetricRole[] = ['requests', 'instances'];

/** The sides on which a yardstick counts as out of band: the harmful ones, and the one it alarmed on. */
export const sidesJudged = (role: MetricRole, alarmed: Direction | undefined): ReadonlySet<Side> => {
  const sides = new Set(harmful[role]);
  if (alarmed === 'below' || (alarmed === 'above' && !growsWithHealthyDemand.includes(role))) {
    sides.add(alarmed);
  }
  return sides;
};
