import { maximumAttempts, type RespondInput, type UndoResult } from '../contract/state-machine.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Leases } from '../ports/leases.ts';
import type { Target } from '../ports/target.ts';
import type { Transitions } from '../ports/transitions.ts';
import { holdServices } from '../shared/service-leases.ts';
import { findAttempt } from './live-incident.ts';
import { undoOne } from './undo-one.ts';

export type UndoAttemptPorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'actions'>;
  readonly transitions: Pick<Transitions, 'finishAction'>;
  readonly leases: Leases;
  readonly target: Pick<Target, 'operate'>;
};

/** Takes an attempt that did not help back, last step first, and says whether another one is left. */
export const createUndo =
  (ports: UndoAttemptPorts) =>
  async ({ incidentId, attempt }: RespondInput): Promise<UndoResult> => {
    const incident = await findAttempt(ports.incidents, { incidentId, attempt });
    if (incident?.state !== 'verifying' && incident?.state !== 'remediating') {
      return { outcome: 'gone', attempt, reason: 'the incident has nothing to take back' };
    }
    const actions = (await ports.incidents.actions(incidentId))
      .filter((action) => action.attempt === attempt)
      .toSorted((left, right) => right.stepIndex - left.stepIndex);
    const services = actions.map(({ operation }) => operation.service);
    const lease = await holdServices(ports.leases, incidentId, services, ports.clock.now());
    if (!lease.held) return { outcome: 'failed', attempt, reason: `another incident took over ${lease.busy}` };

    for (const action of actions) {
      const progress = await undoOne(ports, action);
      if (progress.state === 'failed') return { outcome: 'failed', attempt, reason: progress.reason.slice(0, 500) };
      if (progress.state === 'pending') {
        return { outcome: 'pending', attempt, reason: `${action.step.runbook} is being undone` };
      }
    }
    return attempt < maximumAttempts
      ? { outcome: 'again', attempt: attempt + 1, reason: 'what was tried did not help' }
      : { outcome: 'spent', attempt, reason: `${maximumAttempts} attempts did not help` };
  };
