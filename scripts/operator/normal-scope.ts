import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { MuteScope } from '../../lambdas/domain/mute/mute.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import { UserError } from '../user-error.ts';

export type NormalScope = Extract<MuteScope, { readonly of: 'incident' }>;

/** The anomalies that are filed under an incident by now, and no others: whatever else its services do is heard. */
export const normalScope = async (
  incidents: Pick<Incidents, 'get' | 'anomalies'>,
  incidentId: IncidentId,
): Promise<NormalScope> => {
  const [incident, anomalies] = await Promise.all([incidents.get(incidentId), incidents.anomalies(incidentId)]);
  if (incident === null || anomalies.length === 0) throw new UserError(`Nothing is filed under ${incidentId}.`);
  const fingerprints = [...new Set(anomalies.map(({ fingerprint }) => fingerprint))];
  return { of: 'incident', incidentId, family: incident.family, fingerprints };
};
