import type { Anomaly } from '../anomaly/anomaly.ts';
import type { MetricRole } from '../signal/series.ts';

/**
 * What an anomaly tells. `harm`: requests are served badly, which spreads to
 * callers. `strain`: something in the service itself is short, stuck or gone.
 * `traffic`: more, fewer or repeated requests, which spread to dependencies.
 * `words`: what is written of it in logs, by the service in trouble or by those that call it.
 */
export type Symptom = 'harm' | 'strain' | 'traffic' | 'words';

const symptomOf: Readonly<Record<MetricRole, Symptom>> = {
  errors: 'harm',
  latency: 'harm',
  queueAge: 'harm',
  requests: 'traffic',
  timeouts: 'traffic',
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
  logErrors: 'words',
  logPattern: 'words',
  other: 'strain',
};

export const symptom = ({ role }: Pick<Anomaly, 'role'>): Symptom => symptomOf[role];

/** Utilisation in percent, which has an end. */
export const hasLimit = (role: MetricRole): boolean =>
  role === 'cpu' || role === 'memory' || role === 'disk' || role === 'connections';
