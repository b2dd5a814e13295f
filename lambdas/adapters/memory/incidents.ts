import type { Incident } from '../../domain/incident/incident.ts';
import { terminalStates } from '../../domain/incident/incident.ts';
import type { Incidents } from '../../ports/incidents.ts';
import type { MemoryRecords } from './records.ts';

const newestFirst = (left: Incident, right: Incident): number =>
  right.openedAt - left.openedAt || (left.id < right.id ? 1 : -1);

const hasEnded = ({ state }: Incident): boolean => terminalStates.some((terminal) => terminal === state);

/** Reading of the rows that `memoryTransitions` writes. */
export const memoryIncidents = (records: MemoryRecords): Incidents => {
  const select = (wanted: (incident: Incident) => boolean, limit: number) =>
    [...records.incidents.values()].filter(wanted).sort(newestFirst).slice(0, limit);
  const of = <Row extends { readonly incidentId: string }>(rows: Iterable<Row>, id: string): readonly Row[] =>
    [...rows].filter(({ incidentId }) => incidentId === id);
  return {
    get: async (id) => records.incidents.get(id) ?? null,
    listByState: async (state, limit) => select((incident) => incident.state === state, limit),
    listLocked: async () => [...records.locks.values()].flatMap((id) => records.incidents.get(id) ?? []),
    listFamily: async (family, limit) => select((incident) => incident.family === family && hasEnded(incident), limit),
    anomalies: async (id) => [...(records.anomalies.get(id)?.values() ?? [])],
    approvals: async (id) => of(records.approvals.values(), id),
    pendingApprovals: async () => [...records.approvals.values()].filter(({ status }) => status === 'pending'),
    decisions: async (id) => of(records.decisions.values(), id),
    actions: async (id) => of(records.actions.values(), id),
    actionsOn: async (service, since) =>
      [...records.actions.values()].filter(
        ({ operation, startedAt }) => operation.service === service && startedAt >= since,
      ),
    actionsSince: async (since) => [...records.actions.values()].filter(({ startedAt }) => startedAt >= since),
    llmActions: async (id) => of(records.llmActions.values(), id),
    audit: async (id) => of(records.audit, id),
  };
};
