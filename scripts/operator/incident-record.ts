import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import type { Approval } from '../../lambdas/domain/approval/approval.ts';
import type { AuditRecord } from '../../lambdas/domain/audit/audit-record.ts';
import type { LlmAction } from '../../lambdas/domain/audit/llm-action.ts';
import { type EvidenceBundle, evidenceBundleSchema } from '../../lambdas/domain/diagnosis/evidence.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { RemediationAction } from '../../lambdas/domain/plan/remediation-action.ts';
import type { Archive, DecisionRecord, Incidents } from '../../lambdas/ports.ts';

/** A question put to a person, without the token that answers it. */
export type Question = Omit<Approval, 'token'>;

/** All that is filed under one incident. */
export type IncidentRecord = {
  readonly incident: Incident;
  readonly anomalies: readonly Anomaly[];
  readonly evidence: EvidenceBundle | null;
  readonly decisions: readonly DecisionRecord[];
  readonly questions: readonly Question[];
  readonly actions: readonly RemediationAction[];
  readonly modelCalls: readonly LlmAction[];
  readonly audit: readonly AuditRecord[];
  readonly archiveKeys: readonly string[];
};

export const withoutToken = ({ token: _, ...question }: Approval): Question => question;

/** Null when there is no such incident. */
export const readIncidentRecord = async (
  from: { readonly incidents: Incidents; readonly archive: Archive },
  id: IncidentId,
): Promise<IncidentRecord | null> => {
  const incident = await from.incidents.get(id);
  if (incident === null) return null;
  const [anomalies, evidence, decisions, approvals, actions, modelCalls, audit, archiveKeys] = await Promise.all([
    from.incidents.anomalies(id),
    incident.evidenceKey === null ? null : readEvidence(from.archive, incident.evidenceKey),
    from.incidents.decisions(id),
    from.incidents.approvals(id),
    from.incidents.actions(id),
    from.incidents.llmActions(id),
    from.incidents.audit(id),
    from.archive.list(`incidents/${id}/`),
  ]);
  const questions = approvals.map(withoutToken);
  return { incident, anomalies, evidence, decisions, questions, actions, modelCalls, audit, archiveKeys };
};

const readEvidence = async (archive: Archive, key: string): Promise<EvidenceBundle | null> => {
  const body = await archive.get(key);
  return body === null ? null : evidenceBundleSchema.parse(JSON.parse(body));
};
