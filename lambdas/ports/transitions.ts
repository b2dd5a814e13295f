import type { Anomaly } from '../domain/anomaly/anomaly.ts';
import type { Approval } from '../domain/approval/approval.ts';
import type { LlmAction } from '../domain/audit/llm-action.ts';
import type { IncidentId } from '../domain/ids.ts';
import type { Incident, IncidentState } from '../domain/incident/incident.ts';
import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import type { DecisionRecord } from './decision-record.ts';

export type OpenResult =
  | { readonly outcome: 'opened' }
  /** A live incident holds the lock of the service. */
  | { readonly outcome: 'joined'; readonly incidentId: IncidentId };

export type Transitions = {
  /**
   * Creates the incident, its anomalies, its audit line and the open lock of its
   * service in one transaction; when the lock is held, files the anomalies under the holder instead.
   */
  open(incident: Incident, anomalies: readonly Anomaly[], actor: string): Promise<OpenResult>;
  /** Files anomalies under a living incident without touching its version. */
  join(id: IncidentId, anomalies: readonly Anomaly[]): Promise<void>;
  /**
   * One transaction: the incident changes if it is still in `from` at `version`, and one audit line is
   * added. False when it is not; nothing is written then.
   */
  move(request: {
    readonly incident: Incident;
    readonly to: IncidentState;
    readonly at: number;
    readonly actor: string;
    readonly message: string;
    readonly change?: Partial<Pick<Incident, 'merchantsHurt' | 'attempt' | 'evidenceKey' | 'closedAt' | 'closing'>>;
  }): Promise<boolean>;
  /** Frees the open lock, so that later anomalies of the service open a new incident. */
  unlock(incident: Incident): Promise<void>;
  /** False when this kind was concluded in this attempt already: the first stands for good, and nothing is written. */
  fileDecision(record: DecisionRecord): Promise<boolean>;
  fileLlmAction(action: LlmAction): Promise<void>;
  /** False when an action with this key was filed already (then nothing is written). */
  intend(action: RemediationAction): Promise<boolean>;
  finishAction(action: RemediationAction): Promise<void>;
  /** Writes the question; replaces nothing: false when this attempt's question exists. */
  askPerson(approval: Approval): Promise<boolean>;
  /** Sets the answer if it is still pending; false otherwise. */
  answer(request: {
    readonly approval: Approval;
    readonly status: 'yes' | 'no' | 'done' | 'expired';
    readonly at: number;
    readonly by: string;
  }): Promise<boolean>;
};
