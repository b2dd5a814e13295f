import { type Incident, type IncidentState, incidentStates } from '../../lambdas/domain/incident/incident.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';

/** The newest incidents in the given states, newest first: one query a state. */
export const listIncidents = async (
  incidents: Incidents,
  limit: number,
  states: readonly IncidentState[] = incidentStates,
): Promise<readonly Incident[]> => {
  const found = await Promise.all(states.map((state) => incidents.listByState(state, limit)));
  return found
    .flat()
    .toSorted((one, other) => other.openedAt - one.openedAt)
    .slice(0, limit);
};
