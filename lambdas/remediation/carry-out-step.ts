import type { Incident } from '../domain/incident/incident.ts';
import type { PlanStep } from '../domain/plan/plan.ts';
import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import { catalogue } from '../domain/runbooks/catalogue.ts';
import type { Topology } from '../domain/topology/topology.ts';
import type { Clock } from '../ports/clock.ts';
import type { Target } from '../ports/target.ts';
import type { Transitions } from '../ports/transitions.ts';

export type StepPorts = {
  readonly clock: Clock;
  readonly transitions: Pick<Transitions, 'intend' | 'finishAction'>;
  readonly target: Pick<Target, 'operate'>;
};

export type StepProgress =
  | { readonly state: 'pending' | 'done' }
  /** `begun` tells whether the target was asked to do anything. */
  | { readonly state: 'failed'; readonly reason: string; readonly begun: boolean };

/** An operation that has not ended by then is not waited for; whether it was done is open, and its row stays as it is. */
const operationSeconds = 15 * 60;

/**
 * Carries one step as far as it goes. The intent is written before the target
 * is asked, and the target does nothing twice for one key: after a crash
 * anywhere the next call takes up where this one was.
 */
export const carryOutStep = async (
  ports: StepPorts,
  { incident, topology }: { readonly incident: Incident; readonly topology: Topology },
  step: PlanStep,
  stepIndex: number,
  filed: RemediationAction | undefined,
): Promise<StepProgress> => {
  if (filed?.status === 'done') return { state: 'done' };
  if (filed?.status === 'failed') return { state: 'failed', reason: filed.failure ?? 'it failed', begun: true };
  const action = filed ?? intention(incident, topology, step, stepIndex, ports.clock.now());
  if ('refused' in action) return { state: 'failed', reason: action.refused, begun: false };
  if (filed === undefined && !(await ports.transitions.intend(action))) {
    // Another call of this very step was quicker; the next poll reads what it wrote.
    return { state: 'pending' };
  }
  const { idempotencyKey: key, operation } = action;
  const status = await ports.target.operate({ key, operation });
  switch (status.state) {
    case 'pending': {
      const late = ports.clock.now() - action.startedAt >= operationSeconds * 1000;
      return late
        ? { state: 'failed', reason: `it did not end within ${operationSeconds / 60} minutes`, begun: true }
        : { state: 'pending' };
    }
    case 'failed':
      return fail(ports, action, status.reason);
    case 'done': {
      const { endedAt, before, after } = status;
      await ports.transitions.finishAction({ ...action, status: 'done', endedAt, before, after });
      return { state: 'done' };
    }
  }
};

const intention = (
  incident: Incident,
  topology: Topology,
  step: PlanStep,
  stepIndex: number,
  now: number,
): RemediationAction | { readonly refused: string } => {
  const prepared = catalogue[step.runbook].prepare(step.parameters, topology);
  if ('refused' in prepared) return prepared;
  return {
    incidentId: incident.id,
    attempt: incident.attempt,
    stepIndex,
    idempotencyKey: `${incident.id}#${incident.attempt}#${stepIndex}`,
    step,
    operation: prepared.operation,
    status: 'intended',
    startedAt: now,
    endedAt: null,
    before: null,
    after: null,
    failure: null,
    undo: 'none',
    undoneAt: null,
  };
};

const fail = async (ports: StepPorts, action: RemediationAction, failure: string): Promise<StepProgress> => {
  await ports.transitions.finishAction({ ...action, status: 'failed', endedAt: ports.clock.now(), failure });
  return { state: 'failed', reason: failure, begun: true };
};
