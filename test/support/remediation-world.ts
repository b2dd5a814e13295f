import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { manualClock } from '../../lambdas/adapters/memory/clock.ts';
import { memoryIncidents } from '../../lambdas/adapters/memory/incidents.ts';
import { memoryLeases } from '../../lambdas/adapters/memory/leases.ts';
import { memoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { memoryRecords } from '../../lambdas/adapters/memory/records.ts';
import { memoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import { memoryTransitions } from '../../lambdas/adapters/memory/transitions.ts';
import { type Decision, decisionSchema } from '../../lambdas/domain/decision/decision.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { IncidentState } from '../../lambdas/domain/incident/incident.ts';
import { type RemediationPlan, remediationPlanSchema } from '../../lambdas/domain/plan/plan.ts';
import type { OperationStatus } from '../../lambdas/domain/topology/operation.ts';
import type { DecisionRecord } from '../../lambdas/ports/decision-record.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import { holdServices, releaseServices } from '../../lambdas/shared/service-leases.ts';
import { openIncident, pendingApproval, restartAction } from './record-examples.ts';
import { aTopology, incidentId, start } from './response-examples.ts';

/** A platform that says of each operation what a test says, and remembers what it was asked. */
export const manualTarget = (now: () => number) => {
  const asked: Parameters<Target['operate']>[0][] = [];
  const statuses = new Map<string, OperationStatus>();
  let topology = aTopology();
  return {
    asked,
    statuses,
    /** Every operation that is under way or asked for later ends at once, with these fields changed. */
    endAll: (before: Record<string, string | number | string[] | null> = {}) => {
      for (const { key } of asked) statuses.set(key, { state: 'done', key, endedAt: now(), before, after: {} });
    },
    setTopology: (next: typeof topology) => {
      topology = next;
    },
    describe: async () => topology,
    operate: async (request: Parameters<Target['operate']>[0]): Promise<OperationStatus> => {
      if (!asked.some(({ key }) => key === request.key)) asked.push(request);
      return statuses.get(request.key) ?? { state: 'pending', key: request.key };
    },
  };
};

/** A runbook and its parameters. */
export type StepOf = readonly [runbook: string, parameters: Readonly<Record<string, string | number>>];

export const planOfSteps = (...steps: readonly StepOf[]): RemediationPlan =>
  remediationPlanSchema.parse({
    summary: 'What is to be done.',
    steps: steps.map(([runbook, parameters]) => ({
      runbook,
      parameters,
      expectedEffect: 'It gets better.',
      evidence: ['E1'],
    })),
  });

/** One incident on the adapters in memory, at the step that a test puts it. */
export const remediationWorld = () => {
  const clock = manualClock(start);
  const records = memoryRecords();
  const ports = {
    clock,
    incidents: memoryIncidents(records),
    transitions: memoryTransitions(records),
    leases: memoryLeases(),
    archive: memoryArchive(),
    notifier: memoryNotifier(),
    telemetry: memoryTelemetry(),
    target: manualTarget(clock.now),
  };
  const { incidents, transitions } = ports;
  const id = incidentId;
  const input = { incidentId: id, attempt: 1 };

  const present = async () => {
    const incident = await incidents.get(id);
    if (incident === null) throw new Error('the world has no incident');
    return incident;
  };
  const move = async (to: IncidentState, change = {}) => {
    const incident = await present();
    await transitions.move({ incident, to, at: clock.now(), actor: 'test', message: to, change });
  };

  /** @throws when this was filed before: the first stands, and a test that meant another would test nothing */
  const file = async (record: DecisionRecord) => {
    if (!(await transitions.fileDecision(record))) throw new Error(`the ${record.kind} was filed before`);
  };

  return {
    ...ports,
    records,
    id,
    input,
    present,
    move,
    /** Opens the incident and brings it to a state of an attempt. */
    begin: async (state: IncidentState, attempt = 1) => {
      await transitions.open(openIncident(id, 'middle', clock.now()), [], 'detector');
      if (state === 'open') return;
      await move('diagnosing', { attempt, evidenceKey: `incidents/${id}/attempt-${attempt}/evidence.json` });
      if (state !== 'diagnosing') await move(state);
    },
    fileDiagnosis: (attempt = 1, confidence = 0.95) =>
      file({
        incidentId: id,
        attempt,
        at: clock.now(),
        kind: 'diagnosis',
        diagnosis: {
          hypotheses: [
            {
              mechanism: 'leak',
              service: openIncident(id, 'middle', 0).service,
              confidence,
              evidence: [],
              reasoning: 'x',
            },
          ],
          assumptions: [],
        },
        support: confidence,
        provider: 'builtin',
        fallback: null,
      }),
    filePlan: (plan: RemediationPlan, attempt = 1) =>
      file({
        incidentId: id,
        attempt,
        at: clock.now(),
        kind: 'plan',
        plan,
        grounds: { guardedSupport: 0.95, steps: 'measured', hostileText: false },
        provider: 'builtin',
        fallback: null,
      }),
    fileDecision: (authority: Decision['authority'], attempt = 1) =>
      file({
        incidentId: id,
        attempt,
        at: clock.now(),
        kind: 'decision',
        decision: decisionSchema.parse({ authority, rules: ['a-rule'], risk: 'low', confidence: 0.9, reason: 'so' }),
      }),
    fileVerification: (verdict: 'recovered' | 'notRecovered', attempt = 1) =>
      file({
        incidentId: id,
        attempt,
        at: clock.now(),
        kind: 'verification',
        verification: {
          verdict,
          actedAt: clock.now(),
          judgedAt: clock.now(),
          cleanWindows: 6,
          requiredWindows: 6,
          longestQuietGapSeconds: 0,
          outOfBand: [],
          reason: '6 windows',
        },
      }),
    /** Another incident, on another service, that acted on this one just now and holds it. */
    actElsewhere: async (other: IncidentId, service: string) => {
      const now = clock.now();
      await transitions.open(openIncident(other, 'front', now), [], 'detector');
      const action = restartAction(other, service, now, { status: 'done', endedAt: now });
      await transitions.intend(action);
      await holdServices(ports.leases, other, [action.operation.service], now);
    },
    /** Ends that one and lets the service go, unless its lease is left to run out. */
    endElsewhere: async (other: IncidentId, letGo = true) => {
      const at = clock.now();
      const incident = await incidents.get(other);
      if (incident === null) throw new Error('there is no such incident');
      await transitions.move({
        incident,
        to: 'resolved',
        at,
        actor: 'test',
        message: 'over',
        change: { closedAt: at },
      });
      const services = (await incidents.actions(other)).map(({ operation }) => operation.service);
      if (letGo) await releaseServices(ports.leases, other, services, at);
    },
    ask: async (kind: 'approve' | 'review' | 'manual', attempt = 1) => {
      const question = { ...pendingApproval(id, attempt, clock.now()), kind };
      await transitions.askPerson(question);
      return question;
    },
  };
};
export type RemediationWorld = ReturnType<typeof remediationWorld>;
