import type { Anomaly } from '../../domain/anomaly/anomaly.ts';
import type { Approval } from '../../domain/approval/approval.ts';
import type { AuditRecord } from '../../domain/audit/audit-record.ts';
import type { LlmAction } from '../../domain/audit/llm-action.ts';
import type { IncidentId, ServiceName } from '../../domain/ids.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { RemediationAction } from '../../domain/plan/remediation-action.ts';
import type { DecisionRecord } from '../../ports/decision-record.ts';

/** Rows by key, as the tables hold them. Rows are replaced whole and never changed in place. */
export type MemoryRecords = {
  readonly incidents: Map<IncidentId, Incident>;
  /** Open locks: which incident holds the service. */
  readonly locks: Map<ServiceName, IncidentId>;
  /** By incident and fingerprint. */
  readonly anomalies: Map<IncidentId, Map<string, Anomaly>>;
  /** By incident and attempt. */
  readonly approvals: Map<string, Approval>;
  /** By incident, attempt and kind. */
  readonly decisions: Map<string, DecisionRecord>;
  /** By idempotency key. */
  readonly actions: Map<string, RemediationAction>;
  readonly llmActions: Map<string, LlmAction>;
  readonly audit: AuditRecord[];
};

export const memoryRecords = (): MemoryRecords => ({
  incidents: new Map(),
  locks: new Map(),
  anomalies: new Map(),
  approvals: new Map(),
  decisions: new Map(),
  actions: new Map(),
  llmActions: new Map(),
  audit: [],
});
