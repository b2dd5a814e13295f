import { evidenceBundleSchema } from '../../../../lambdas/domain/diagnosis/evidence.ts';
import {
  evidenceIdSchema,
  incidentIdSchema,
  seriesIdSchema,
  serviceNameSchema,
} from '../../../../lambdas/domain/ids.ts';
import type { IncidentRecord } from '../../../../scripts/operator/incident-record.ts';

const id = incidentIdSchema.parse('01J00000000000000000000000');
const checkout = serviceNameSchema.parse('checkout');
const gateway = serviceNameSchema.parse('gateway');
const cited = evidenceIdSchema.parse('E1');
export const onset = Date.UTC(2030, 0, 1, 12, 0, 0);
const after = (seconds: number): number => onset + seconds * 1000;

/** A surge on checkout, noticed after 10 s, mended by scaling out after 25 s, verified after 95 s. */
export const anIncident = (): IncidentRecord => ({
  incident: {
    id,
    kind: 'observed',
    state: 'resolved',
    version: 5,
    service: checkout,
    services: [checkout, gateway],
    family: 'checkout cpu',
    onset,
    openedAt: after(10),
    updatedAt: after(95),
    closedAt: after(95),
    merchantsHurt: 3,
    attempt: 1,
    title: 'checkout: cpu out of band',
    yardstickKey: `incidents/${id}/yardstick.json`,
    evidenceKey: `incidents/${id}/evidence.json`,
    series: [],
    forecast: null,
    relapseOf: null,
    closing: 'verified recovery',
  },
  anomalies: [
    anomaly('CpuUtilization', 97.2, 0, 3),
    anomaly('LatencyP95', 840, 5, 2),
    { ...anomaly('LatencyP95', 990, 5, 2), service: gateway },
  ],
  evidence: [
    {
      attempt: 1,
      key: `incidents/${id}/attempt-1/evidence.json`,
      bundle: evidenceBundleSchema.parse({
        incidentId: id,
        frozenAt: after(15),
        onset,
        periodSeconds: 5,
        items: [
          {
            type: 'metric',
            id: 'E1',
            service: 'checkout',
            instance: null,
            metric: 'CpuUtilization',
            role: 'cpu',
            direction: 'above',
            band: { low: 28, high: 51 },
            before: 40,
            now: 97.2,
            peak: 99,
            onset,
            slopePerMinute: 2,
            window: [],
          },
        ],
      }),
    },
  ],
  decisions: [
    {
      kind: 'diagnosis',
      incidentId: id,
      attempt: 1,
      at: after(16),
      diagnosis: {
        hypotheses: [
          { mechanism: 'demandSurge', service: checkout, confidence: 0.91, evidence: [cited], reasoning: 'Load grew.' },
        ],
        assumptions: [],
      },
      support: 0.93,
      provider: 'builtin',
      fallback: null,
    },
    {
      kind: 'plan',
      grounds: { guardedSupport: 0.95, steps: 'measured', hostileText: false },
      incidentId: id,
      attempt: 1,
      at: after(17),
      plan: {
        summary: 'Add instances',
        steps: [
          {
            runbook: 'scale-out',
            parameters: { service: 'checkout', count: 6 },
            expectedEffect: 'cpu falls',
            evidence: [cited],
          },
        ],
      },
      provider: 'builtin',
      fallback: null,
    },
    {
      kind: 'decision',
      incidentId: id,
      attempt: 1,
      at: after(18),
      decision: { authority: 'auto', rules: ['low-risk'], risk: 'low', confidence: 0.91, reason: 'low risk' },
    },
    {
      kind: 'verification',
      incidentId: id,
      attempt: 1,
      at: after(94),
      verification: {
        verdict: 'recovered',
        actedAt: after(60),
        judgedAt: after(94),
        cleanWindows: 6,
        requiredWindows: 6,
        longestQuietGapSeconds: 0,
        outOfBand: [],
        reason: '6 clean windows in a row',
      },
    },
  ],
  questions: [],
  actions: [
    {
      incidentId: id,
      attempt: 1,
      stepIndex: 0,
      idempotencyKey: `${id}#1#0`,
      step: {
        runbook: 'scale-out',
        parameters: { service: 'checkout', count: 6 },
        expectedEffect: 'cpu falls',
        evidence: [cited],
      },
      operation: { type: 'setInstanceCount', service: checkout, count: 6 },
      status: 'done',
      startedAt: after(25),
      endedAt: after(60),
      before: { instanceCount: 3 },
      after: { instanceCount: 6 },
      failure: null,
      undo: 'none',
      undoneAt: null,
    },
  ],
  modelCalls: [],
  audit: [
    line(1, 10, 'open', null, 'opened'),
    line(2, 15, 'diagnosing', 'open', 'evidence gathered'),
    line(3, 25, 'remediating', 'diagnosing', 'policy allows it'),
    line(4, 60, 'verifying', 'remediating', 'waiting for proof'),
    line(5, 95, 'resolved', 'verifying', 'verified recovery'),
  ],
  archiveKeys: [`incidents/${id}/evidence.json`],
});

function anomaly(metric: 'CpuUtilization' | 'LatencyP95', observed: number, second: number, score: number) {
  return {
    fingerprint: metric,
    series: seriesIdSchema.parse(`shop|${metric}|Service=checkout|Average`),
    service: checkout,
    instance: null,
    role: metric === 'CpuUtilization' ? ('cpu' as const) : ('latency' as const),
    metric,
    direction: 'above' as const,
    stream: 'level' as const,
    observed,
    band: { low: 28, high: 51 },
    score,
    onset: after(second),
    lastSeen: after(10),
  };
}

function line(
  version: number,
  second: number,
  to: IncidentRecord['audit'][number]['to'],
  from: IncidentRecord['audit'][number]['from'],
  message: string,
): IncidentRecord['audit'][number] {
  return { incidentId: id, version, at: after(second), actor: 'orchestrator', from, to, message };
}
