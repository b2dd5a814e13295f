import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import type { Approval } from '../../lambdas/domain/approval/approval.ts';
import type { AuditRecord } from '../../lambdas/domain/audit/audit-record.ts';
import type { LlmAction } from '../../lambdas/domain/audit/llm-action.ts';
import { type EvidenceBundle, evidenceBundleSchema } from '../../lambdas/domain/diagnosis/evidence.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { RemediationAction } from '../../lambdas/domain/plan/remediation-action.ts';
import type { Archive } from '../../lambdas/ports/archive.ts';
import type { DecisionRecord } from '../../lambdas/ports/decision-record.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';

/** A question put to a person, without the token that answers it. */
export type Question = Omit<Approval, 'token'>;

/** What one attempt was judged by; ids of evidence mean something within it only. */
export type AttemptEvidence = { readonly attempt: number; readonly key: string; readonly bundle: EvidenceBundle };

/** All that is filed under one incident. */
export type IncidentRecord = {
  readonly incident: Incident;
  readonly anomalies: readonly Anomaly[];
  /** Of each attempt that gathered any, the first one first. */
  readonly evidence: readonly AttemptEvidence[];
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
  const [anomalies, decisions, approvals, actions, modelCalls, audit, archiveKeys] = await Promise.all([
    from.incidents.anomalies(id),
    from.incidents.decisions(id),
    from.incidents.approvals(id),
    from.incidents.actions(id),
    from.incidents.llmActions(id),
    from.incidents.audit(id),
    from.archive.list(`incidents/${id}/`),
  ]);
  const questions = approvals.map(withoutToken);
  const evidence = await readEvidence(from.archive, archiveKeys);
  return { incident, anomalies, evidence, decisions, questions, actions, modelCalls, audit, archiveKeys };
};

const readEvidence = async (archive: Archive, keys: readonly string[]): Promise<readonly AttemptEvidence[]> => {
  const found = await Promise.all(
    keys.map(async (key) => {
      const attempt = /\/attempt-(\d+)\/evidence\.json$/.exec(key)?.[1];
      const body = attempt === undefined ? null : await archive.get(key);
      return body === null
        ? []
        : [{ attempt: Number(attempt), key, bundle: evidenceBundleSchema.parse(JSON.parse(body)) }];
    }),
  );
  return found.flat().toSorted((one, other) => one.attempt - other.attempt);
};
