import type { Anomaly } from '../anomaly/anomaly.ts';
import type { ServiceName } from '../ids.ts';
import type { CallGraph } from './call-graph.ts';
import { hasLimit, symptom } from './symptom.ts';

/** A utilisation at or above this, in percent, is within a tenth of its limit. */
const nearLimitPercent = 90;
/** A utilisation that has crept out of its band is worth an incident from here on. */
const creepingPercent = 85;

const lasted = ({ onset, lastSeen }: Anomaly, seconds: number): boolean => lastSeen - onset >= seconds * 1000;

/**
 * Why these anomalies of one cause are worth an incident, in words for its
 * title; null when they are not (yet). Deploys, jobs, flushes and blips move
 * series too: what opens is harm that callers feel, or a strain that lasts and
 * has nowhere left to go.
 */
export function reasonToOpen(root: ServiceName, anomalies: readonly Anomaly[], graph: CallGraph): string | null {
  const callers = graph.callersOf(root);
  const harm = anomalies.filter((anomaly) => symptom(anomaly) === 'harm' && anomaly.instance === null);
  const strain = anomalies.filter((anomaly) => symptom(anomaly) === 'strain' && anomaly.service === root);
  const felt = harm.filter(({ service }) => callers.has(service) || callers.size === 0);
  const kinds = new Set(anomalies.map(({ service, role }) => `${service} ${role}`)).size;

  if (felt.some((anomaly) => lasted(anomaly, 10)) && kinds >= 2) return `callers of ${root} are harmed`;
  if (harm.some((anomaly) => lasted(anomaly, 45)) && kinds >= 3) return `${root} serves badly`;
  if (harm.some((anomaly) => lasted(anomaly, 120))) return `${root} serves badly`;
  const atLimit = strain.find(
    (anomaly) =>
      hasLimit(anomaly.role) &&
      anomaly.direction === 'above' &&
      ((anomaly.observed ?? 0) >= nearLimitPercent
        ? lasted(anomaly, 60)
        : (anomaly.observed ?? 0) >= creepingPercent && lasted(anomaly, 300)),
  );
  if (atLimit !== undefined) return `${atLimit.role} of ${root} is close to its limit`;
  if (strain.some((anomaly) => anomaly.direction === 'missing' && lasted(anomaly, 90))) {
    return `${root} has stopped reporting`;
  }
  if (strain.some((anomaly) => anomaly.role === 'restarts' && lasted(anomaly, 120))) return `${root} keeps restarting`;
  return null;
}
