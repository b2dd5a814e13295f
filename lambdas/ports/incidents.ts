import type { Anomaly } from '../domain/anomaly/anomaly.ts';
import type { Approval } from '../domain/approval/approval.ts';
import type { AuditRecord } from '../domain/audit/audit-record.ts';
import type { LlmAction } from '../domain/audit/llm-action.ts';
import type { IncidentId, ServiceName } from '../domain/ids.ts';
import type { Incident, IncidentState } from '../domain/incident/incident.ts';
import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import type { DecisionRecord } from './decision-record.ts';

/** A row that is not what it should be by the schema of this code, by the id of the incident under which it is kept. */
export type OnUnreadable = (id: string, error: Error) => void;

/** Reading of incidents and of everything filed under one. */
export type Incidents = {
  get(id: IncidentId): Promise<Incident | null>;
  /** Newest first. Of what cannot be read `onUnreadable` is told, and the others are listed; without it the call rejects. */
  listByState(state: IncidentState, limit: number, onUnreadable?: OnUnreadable): Promise<readonly Incident[]>;
  /** Every incident that holds an open lock, whatever its state. Unreadable ones as above. */
  listLocked(onUnreadable?: OnUnreadable): Promise<readonly Incident[]>;
  /** Ended incidents of the family, newest first. */
  listFamily(family: string, limit: number): Promise<readonly Incident[]>;
  anomalies(id: IncidentId): Promise<readonly Anomaly[]>;
  approvals(id: IncidentId): Promise<readonly Approval[]>;
  /** Those that wait longest first. Unreadable ones as above. */
  pendingApprovals(onUnreadable?: OnUnreadable): Promise<readonly Approval[]>;
  decisions(id: IncidentId): Promise<readonly DecisionRecord[]>;
  actions(id: IncidentId): Promise<readonly RemediationAction[]>;
  /** Actions on a service begun at or after `since`, of any incident. */
  actionsOn(service: ServiceName, since: number): Promise<readonly RemediationAction[]>;
  /** Actions of the whole workload begun at or after `since`. */
  actionsSince(since: number): Promise<readonly RemediationAction[]>;
  llmActions(id: IncidentId): Promise<readonly LlmAction[]>;
  audit(id: IncidentId): Promise<readonly AuditRecord[]>;
};
