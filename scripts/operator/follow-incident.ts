import { type Incident, terminalStates } from '../../lambdas/domain/incident/incident.ts';
import type { Archive } from '../../lambdas/ports/archive.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import { type IncidentRecord, readIncidentRecord } from './incident-record.ts';
import { listIncidents } from './list-incidents.ts';

export type Follower = {
  readonly clock: Clock;
  readonly incidents: Incidents;
  readonly archive: Archive;
  readonly pause: (milliseconds: number) => Promise<void>;
};

export type FollowRequest = {
  /** Only incidents opened at or after this are meant, epoch milliseconds. */
  readonly since: number;
  /** An incident is meant when it names one of these. */
  readonly services: ReadonlySet<string>;
  /** Gives up at this time, epoch milliseconds. */
  readonly until: number;
  readonly everyMilliseconds: number;
};

/**
 * The incident that a trouble leads to, as often as it is looked at: null records until it opens. Ends with the
 * incident, or at `until`.
 */
export async function* followIncident(
  follower: Follower,
  request: FollowRequest,
): AsyncGenerator<IncidentRecord | null> {
  let found: Incident | null = null;
  while (true) {
    found ??= await firstIncident(follower.incidents, request);
    const record = found === null ? null : await readIncidentRecord(follower, found.id);
    yield record;
    if (record !== null && hasEnded(record.incident)) return;
    if (follower.clock.now() >= request.until) return;
    await follower.pause(request.everyMilliseconds);
  }
}

export const hasEnded = (incident: Incident): boolean => terminalStates.some((state) => state === incident.state);

const firstIncident = async (incidents: Incidents, request: FollowRequest): Promise<Incident | null> => {
  const recent = await listIncidents(incidents, 20);
  const meant = recent.filter(
    (incident) =>
      incident.openedAt >= request.since && incident.services.some((service) => request.services.has(service)),
  );
  return meant.at(-1) ?? null;
};
