import type { Anomaly } from '../anomaly/anomaly.ts';
import type { ServiceName } from '../ids.ts';
import type { MetricRole } from '../signal/series.ts';

/**
 * What an anomaly tells. `harm`: requests are served badly, which spreads to
 * callers. `strain`: something in the service itself is short, stuck or gone.
 * `traffic`: more or fewer requests arrive, which spreads to dependencies.
 */
export type Symptom = 'harm' | 'strain' | 'traffic';

const symptomOf: Readonly<Record<MetricRole, Symptom>> = {
  errors: 'harm',
  timeouts: 'harm',
  latency: 'harm',
  queueAge: 'harm',
  requests: 'traffic',
  retries: 'traffic',
  cpu: 'strain',
  memory: 'strain',
  disk: 'strain',
  garbageCollection: 'strain',
  connections: 'strain',
  queueDepth: 'strain',
  cacheHits: 'strain',
  restarts: 'strain',
  instances: 'strain',
  heartbeat: 'strain',
  other: 'strain',
};

export const symptom = ({ role }: Anomaly): Symptom => symptomOf[role];

/** Utilisation in percent, which has an end. */
export const hasLimit = (role: MetricRole): boolean =>
  role === 'cpu' || role === 'memory' || role === 'disk' || role === 'connections';

/** Share of a service's requests below which failures are everyday. */
const everydayFailureShare = 0.005;

/** Failures count when they are a share of the requests worth the name. */
export function isMaterial(anomaly: Anomaly, requestsPerMinute: ReadonlyMap<ServiceName, number>): boolean {
  if (anomaly.role !== 'errors' && anomaly.role !== 'timeouts' && anomaly.role !== 'retries') return true;
  const requests = requestsPerMinute.get(anomaly.service);
  if (requests === undefined || requests <= 0 || anomaly.observed === null) return true;
  return anomaly.observed / requests >= everydayFailureShare;
}
