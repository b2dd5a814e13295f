import { type Anomaly, anomalySchema } from '../../../domain/anomaly/anomaly.ts';
import { type Approval, approvalSchema } from '../../../domain/approval/approval.ts';
import { type AuditRecord, auditRecordSchema } from '../../../domain/audit/audit-record.ts';
import { type LlmAction, llmActionSchema } from '../../../domain/audit/llm-action.ts';
import type { IncidentId } from '../../../domain/ids.ts';
import { type Incident, incidentSchema } from '../../../domain/incident/incident.ts';
import { type RemediationAction, remediationActionSchema } from '../../../domain/plan/remediation-action.ts';
import { dayOf, readableTimes } from './readable-times.ts';

/**
 * Rows as they are kept: the domain's own fields, keys that sort, and what a
 * person who browses the table wants to read beside them. Reading parses by
 * the domain's schema, which drops the rest.
 */
type Row = Record<string, unknown>;

const pad = (number: number, digits: number) => String(number).padStart(digits, '0');

export const incidentItem = 'incident';
export const anomalyPrefix = 'anomaly#';
export const approvalPrefix = 'approval#';

export const incidentRow = (incident: Incident): Row => {
  const { id, ...fields } = incident;
  const { onset, openedAt, updatedAt, closedAt } = incident;
  return { incidentId: id, item: incidentItem, ...fields, ...readableTimes({ onset, openedAt, updatedAt, closedAt }) };
};
export const parseIncident = (row: Row): Incident => incidentSchema.parse({ ...row, id: row['incidentId'] });

export const anomalyRow = (incidentId: IncidentId, anomaly: Anomaly): Row => ({
  incidentId,
  item: `${anomalyPrefix}${anomaly.fingerprint}`,
  ...anomaly,
  ...readableTimes({ onset: anomaly.onset, lastSeen: anomaly.lastSeen }),
});
export const parseAnomaly = (row: Row): Anomaly => anomalySchema.parse(row);

export const approvalKey = ({ incidentId, attempt }: Pick<Approval, 'incidentId' | 'attempt'>): Row => ({
  incidentId,
  item: `${approvalPrefix}${pad(attempt, 2)}`,
});
export const approvalRow = (approval: Approval): Row => {
  const { askedAt, expiresAt, answeredAt, ...fields } = approval;
  return {
    ...approvalKey(approval),
    ...fields,
    askedAt,
    answeredAt,
    // `expiresAt` is the name by which DynamoDB deletes rows, and a question is kept.
    answerBy: expiresAt,
    expiresAtIso: new Date(expiresAt).toISOString(),
    ...readableTimes({ askedAt, answeredAt }),
    ...(approval.status === 'pending' ? { pendingQuestion: 'pending' } : {}),
  };
};
export const parseApproval = (row: Row): Approval => approvalSchema.parse({ ...row, expiresAt: row['answerBy'] });

export const actionRow = (action: RemediationAction): Row => ({
  item: `${pad(action.attempt, 2)}#${pad(action.stepIndex, 2)}`,
  service: action.operation.service,
  runbook: action.step.runbook,
  day: dayOf(action.startedAt),
  ...action,
  ...readableTimes({ startedAt: action.startedAt, endedAt: action.endedAt, undoneAt: action.undoneAt }),
});
export const parseAction = (row: Row): RemediationAction => remediationActionSchema.parse(row);

export const llmActionRow = (action: LlmAction): Row => ({
  item: action.id,
  ...action,
  ...readableTimes({ at: action.at }),
});
export const parseLlmAction = (row: Row): LlmAction => llmActionSchema.parse(row);

export const auditRow = (record: AuditRecord): Row => ({
  item: pad(record.version, 6),
  ...record,
  ...readableTimes({ at: record.at }),
});
export const parseAuditRecord = (row: Row): AuditRecord => auditRecordSchema.parse(row);
