import type { Anomaly } from '../../domain/anomaly/anomaly.ts';
import type { IncidentId } from '../../domain/ids.ts';
import type { Transitions } from '../../ports/transitions.ts';
import type { MemoryRecords } from './records.ts';

/** Writing with the same conditions as the tables: each call happens whole or not at all. */
export const memoryTransitions = (records: MemoryRecords): Transitions => {
  const file = (id: IncidentId, anomalies: readonly Anomaly[]) => {
    const filed = records.anomalies.get(id) ?? new Map<string, Anomaly>();
    for (const anomaly of anomalies) filed.set(anomaly.fingerprint, anomaly);
    records.anomalies.set(id, filed);
  };
  return {
    open: async (incident, anomalies, actor) => {
      const holder = records.locks.get(incident.service);
      if (holder !== undefined) {
        file(holder, anomalies);
        return holder === incident.id ? { outcome: 'opened' } : { outcome: 'joined', incidentId: holder };
      }
      records.locks.set(incident.service, incident.id);
      records.incidents.set(incident.id, incident);
      file(incident.id, anomalies);
      const { id: incidentId, version, openedAt: at, state: to, title: message } = incident;
      records.audit.push({ incidentId, version, at, actor, from: null, to, message });
      return { outcome: 'opened' };
    },
    join: async (id, anomalies) => file(id, anomalies),
    move: async ({ incident, to, at, actor, message, change }) => {
      const present = records.incidents.get(incident.id);
      if (present?.state !== incident.state || present.version !== incident.version) return false;
      const version = present.version + 1;
      records.incidents.set(incident.id, { ...present, ...change, state: to, version, updatedAt: at });
      records.audit.push({ incidentId: incident.id, version, at, actor, from: incident.state, to, message });
      return true;
    },
    unlock: async ({ id, service }) => {
      if (records.locks.get(service) === id) records.locks.delete(service);
    },
    fileDecision: async (record) => {
      const key = `${record.incidentId}#${record.attempt}#${record.kind}`;
      if (records.decisions.has(key)) return false;
      records.decisions.set(key, record);
      return true;
    },
    fileLlmAction: async (action) => {
      records.llmActions.set(`${action.incidentId}#${action.id}`, action);
    },
    intend: async (action) => {
      if (records.actions.has(action.idempotencyKey)) return false;
      records.actions.set(action.idempotencyKey, action);
      return true;
    },
    finishAction: async (action) => {
      records.actions.set(action.idempotencyKey, action);
    },
    askPerson: async (approval) => {
      const key = questionKey(approval);
      if (records.approvals.has(key)) return false;
      records.approvals.set(key, approval);
      return true;
    },
    answer: async ({ approval, status, at, by }) => {
      const key = questionKey(approval);
      const present = records.approvals.get(key);
      if (present?.status !== 'pending') return false;
      records.approvals.set(key, { ...present, status, answeredAt: at, answeredBy: by });
      return true;
    },
  };
};

const questionKey = ({ incidentId, attempt }: { readonly incidentId: string; readonly attempt: number }): string =>
  `${incidentId}#${attempt}`;
