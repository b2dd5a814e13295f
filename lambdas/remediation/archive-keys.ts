import type { IncidentId } from '../domain/ids.ts';

export const evidenceKey = (id: IncidentId, attempt: number): string =>
  `incidents/${id}/attempt-${attempt}/evidence.json`;
