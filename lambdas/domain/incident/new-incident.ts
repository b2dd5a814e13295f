import type { IncidentId } from '../ids.ts';
import type { Opening } from './correlate.ts';
import type { Incident } from './incident.ts';
import { symptom } from './symptom.ts';

/** Where the yardsticks of an incident are kept. */
export const yardstickKey = (id: IncidentId): string => `incidents/${id}/yardstick.json`;

/** The incident as it is when it opens. `now` is epoch milliseconds. */
export function newIncident(
  { kind, service, anomalies, reason, forecast }: Opening,
  id: IncidentId,
  now: number,
): Incident {
  const services = unique(anomalies.map((anomaly) => anomaly.service));
  const ownRoles = unique(
    anomalies.filter((anomaly) => anomaly.service === service && symptom(anomaly) !== 'words').map(({ role }) => role),
  );
  return {
    id,
    kind,
    state: 'open',
    version: 1,
    service,
    services,
    family: `${service}:${ownRoles.join('+')}`,
    onset: Math.min(...anomalies.map(({ onset }) => onset)),
    openedAt: now,
    updatedAt: now,
    closedAt: null,
    merchantsHurt: null,
    attempt: 0,
    title: reason,
    yardstickKey: yardstickKey(id),
    evidenceKey: null,
    series: unique(anomalies.map(({ series }) => series)),
    forecast,
    relapseOf: null,
    closing: null,
  };
}

const unique = <Value extends string>(values: readonly Value[]): Value[] => [...new Set(values)].sort();
