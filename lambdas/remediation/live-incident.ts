import type { IncidentId } from '../domain/ids.ts';
import { type Incident, type IncidentState, terminalStates } from '../domain/incident/incident.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Transitions } from '../ports/transitions.ts';
import { actor } from './settings.ts';

export const hasEnded = ({ state }: Incident): boolean => terminalStates.some((terminal) => terminal === state);

/** The incident while it lives and this is its running attempt; null otherwise. */
export const findAttempt = async (
  incidents: Pick<Incidents, 'get'>,
  { incidentId, attempt }: { readonly incidentId: IncidentId; readonly attempt: number },
): Promise<Incident | null> => {
  const incident = await incidents.get(incidentId);
  return incident === null || hasEnded(incident) || incident.attempt !== attempt ? null : incident;
};

type Change = Parameters<Transitions['move']>[0]['change'];

/** Moves the incident on; null when another hand moved it first, and then nothing was written. */
export const moveTo = async (
  ports: { readonly transitions: Pick<Transitions, 'move'>; readonly clock: Clock },
  incident: Incident,
  to: IncidentState,
  message: string,
  change: NonNullable<Change> = {},
): Promise<Incident | null> => {
  const at = ports.clock.now();
  const moved = await ports.transitions.move({ incident, to, at, actor, message, change });
  return moved ? { ...incident, ...change, state: to, version: incident.version + 1, updatedAt: at } : null;
};
