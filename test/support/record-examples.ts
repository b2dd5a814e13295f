import { type Anomaly, anomalySchema } from '../../lambdas/domain/anomaly/anomaly.ts';
import { type Approval, approvalSchema } from '../../lambdas/domain/approval/approval.ts';
import { type LlmAction, llmActionSchema } from '../../lambdas/domain/audit/llm-action.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import { type Incident, incidentSchema } from '../../lambdas/domain/incident/incident.ts';
import { type RemediationAction, remediationActionSchema } from '../../lambdas/domain/plan/remediation-action.ts';

/** Rows as the product files them, with what a test cares about put in. */
export const openIncident = (
  id: IncidentId,
  service: string,
  openedAt: number,
  change: Partial<Incident> = {},
): Incident =>
  incidentSchema.parse({
    id,
    kind: 'observed',
    state: 'open',
    version: 1,
    service,
    services: [service],
    family: `${service}:latency`,
    onset: openedAt - 20_000,
    openedAt,
    updatedAt: openedAt,
    closedAt: null,
    merchantsHurt: null,
    attempt: 0,
    title: `latency of ${service}`,
    yardstickKey: `incidents/${id}/yardstick.json`,
    evidenceKey: null,
    series: [`Shop|LatencyP95|Service=${service}|Average`],
    closing: null,
    ...change,
  });

export const latencyAnomaly = (service: string, onset: number, change: Partial<Anomaly> = {}): Anomaly =>
  anomalySchema.parse({
    fingerprint: `Shop|LatencyP95|Service=${service}|Average above`,
    series: `Shop|LatencyP95|Service=${service}|Average`,
    service,
    instance: null,
    role: 'latency',
    metric: 'LatencyP95',
    direction: 'above',
    observed: 900,
    band: { low: 60, high: 140 },
    score: 3.5,
    onset,
    lastSeen: onset + 20_000,
    ...change,
  });

export const pendingApproval = (incidentId: IncidentId, attempt: number, askedAt: number): Approval =>
  approvalSchema.parse({
    incidentId,
    attempt,
    kind: 'approve',
    token: `token of ${incidentId} ${attempt}`,
    status: 'pending',
    askedAt,
    expiresAt: askedAt + 900_000,
    answeredAt: null,
    answeredBy: null,
    summary: 'Roll back a deploy.',
  });

export const restartAction = (
  incidentId: IncidentId,
  service: string,
  startedAt: number,
  change: Partial<RemediationAction> = {},
): RemediationAction =>
  remediationActionSchema.parse({
    incidentId,
    attempt: 1,
    stepIndex: 0,
    idempotencyKey: `${incidentId}#1#0`,
    step: { runbook: 'restart-service', parameters: { service }, expectedEffect: 'It starts anew.', evidence: ['E1'] },
    operation: { type: 'restartService', service },
    status: 'intended',
    startedAt,
    endedAt: null,
    before: null,
    after: null,
    failure: null,
    undo: 'none',
    undoneAt: null,
    ...change,
  });

export const modelCall = (incidentId: IncidentId, id: string, at: number): LlmAction =>
  llmActionSchema.parse({
    incidentId,
    id,
    attempt: 1,
    purpose: 'diagnose',
    provider: 'builtin',
    model: 'builtin-reasoner-1',
    supervised: 0,
    call: 1,
    outcome: 'used',
    errorClass: null,
    problem: null,
    inputTokens: 0,
    cachedInputTokens: 0,
    outputTokens: 0,
    costDollars: 0,
    latencyMilliseconds: 2,
    at,
    promptKey: `incidents/${incidentId}/llm/prompt.txt`,
    replyKey: null,
  });
