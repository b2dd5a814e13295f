import type { Mechanism } from '../../lambdas/domain/diagnosis/mechanism.ts';
import type { IncidentRecord } from '../../scripts/operator/incident-record.ts';
import type { FaultReport } from '../report/report.ts';

/** What was injected, and what it truly was. */
export type PlayedFault = Pick<FaultReport, 'kind' | 'cause' | 'service' | 'severity' | 'seed'> & {
  readonly truth: { readonly mechanism: Mechanism; readonly service: string };
  /** Epoch milliseconds. */
  readonly injectedAt: number;
};

/** How the fleet truly fared. */
export type PlayedTruth = {
  /** When it no longer hurt, epoch milliseconds; null while it still did at the end. */
  readonly recoveredAt: number | null;
  readonly hurtAtResolve: boolean | null;
  readonly twinHurtAtResolve: boolean | null;
};

/** Grades an incident against the truth of its fault. The last diagnosis counts: it is the one that was acted on last. */
export const gradeFault = (fault: PlayedFault, record: IncidentRecord | null, truth: PlayedTruth): FaultReport => {
  const diagnosis = record?.decisions.findLast((decision) => decision.kind === 'diagnosis');
  const leading = diagnosis?.kind === 'diagnosis' ? diagnosis.diagnosis.hypotheses[0] : undefined;
  const actions = record?.actions ?? [];
  const begun = actions.length === 0 ? null : Math.min(...actions.map((action) => action.startedAt));
  const since = (at: number | null): number | null =>
    at === null ? null : Math.round((at - fault.injectedAt) / 100) / 10;
  return {
    kind: fault.kind,
    cause: fault.cause,
    service: fault.service,
    severity: fault.severity,
    seed: fault.seed,
    detectedAfterSeconds: since(record?.incident.openedAt ?? null),
    diagnosedMechanism: leading?.mechanism ?? null,
    mechanismRight: leading?.mechanism === fault.truth.mechanism,
    diagnosedService: leading?.service ?? null,
    serviceRight: leading?.service === fault.truth.service,
    authority: authorityOf(record),
    actions: actions.map((action) => action.step.runbook),
    actedAfterSeconds: since(begun),
    resolvedAfterSeconds: since(resolvedAt(record)),
    recoveredAfterSeconds: since(truth.recoveredAt),
    outcome: outcomeOf(record),
    hurtAtResolve: truth.hurtAtResolve,
    twinHurtAtResolve: truth.twinHurtAtResolve,
  };
};

/** Null unless it was resolved. */
export const resolvedAt = (record: IncidentRecord | null): number | null =>
  record?.incident.state === 'resolved' ? record.incident.closedAt : null;

const outcomeOf = (record: IncidentRecord | null): FaultReport['outcome'] => {
  if (record === null) return 'undetected';
  const { state } = record.incident;
  return state === 'resolved' || state === 'escalated' ? state : 'unfinished';
};

const authorityOf = (record: IncidentRecord | null): FaultReport['authority'] => {
  if (record === null) return null;
  if (record.incident.state === 'escalated') return 'escalated';
  if (record.questions.some((question) => question.status === 'yes' || question.status === 'done')) return 'approved';
  return record.actions.length > 0 ? 'auto' : null;
};
