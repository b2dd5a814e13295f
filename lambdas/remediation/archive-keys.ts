import type { IncidentId } from '../domain/ids.ts';

export const evidenceKey = (id: IncidentId, attempt: number): string =>
  `incidents/${id}/attempt-${attempt}/evidence.json`;

/** Written after people were told of an escalation, so that they are told once. */
export const escalationKey = (id: IncidentId): string => `incidents/${id}/escalation.json`;
