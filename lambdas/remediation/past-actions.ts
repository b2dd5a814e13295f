import type { IncidentId } from '../domain/ids.ts';
import type { PastAction } from '../domain/policy/limits.ts';
import type { Incidents } from '../ports/incidents.ts';
import { hasEnded } from './live-incident.ts';

/** Longer than policy looks back by far: an incident may end long after it acted. */
const lookBackMilliseconds = 4 * 3_600_000;

/**
 * The actions that policy counts. An action ends, for policy, with the incident it belongs to: while that one lives it
 * runs, and the cooldown counts from when it ended. Rows say so, and not leases, which run out when a process dies.
 */
export const readPastActions = async (
  incidents: Pick<Incidents, 'actionsSince' | 'get'>,
  now: number,
): Promise<readonly PastAction[]> => {
  const actions = await incidents.actionsSince(now - lookBackMilliseconds);
  const ids = [...new Set(actions.map(({ incidentId }) => incidentId))];
  const ends = new Map(await Promise.all(ids.map(async (id) => [id, await endOf(incidents, id)] as const)));
  return actions.map(({ incidentId, operation: { service }, startedAt }) => ({
    incidentId,
    service,
    startedAt,
    endedAt: ends.get(incidentId) ?? null,
  }));
};

/** Null while the incident lives. */
const endOf = async (incidents: Pick<Incidents, 'get'>, id: IncidentId): Promise<number | null> => {
  const incident = await incidents.get(id);
  return incident !== null && hasEnded(incident) ? (incident.closedAt ?? incident.updatedAt) : null;
};
