import type { EndResult, RespondInput } from '../contract/state-machine.ts';
import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import { catalogue } from '../domain/runbooks/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Leases } from '../ports/leases.ts';
import type { Target } from '../ports/target.ts';
import type { Transitions } from '../ports/transitions.ts';
import { releaseServices } from '../shared/service-leases.ts';
import { readConclusions } from './conclusions.ts';
import { moveTo } from './live-incident.ts';

export type ClosePorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'decisions' | 'actions'>;
  readonly transitions: Pick<Transitions, 'move' | 'unlock'>;
  readonly leases: Leases;
  readonly target: Pick<Target, 'operate'>;
};

/**
 * Ends an incident whose recovery was verified. Every part can be done again:
 * a call after a crash finishes what the first one began.
 * @throws when no verdict `recovered` is on file: nothing is resolved without one
 */
export const createClose =
  (ports: ClosePorts) =>
  async ({ incidentId, attempt }: RespondInput): Promise<EndResult> => {
    const incident = await ports.incidents.get(incidentId);
    if (incident === null || incident.state === 'escalated') return { outcome: 'gone' };
    const conclusions = await readConclusions(ports.incidents, incidentId);
    const verification = conclusions.find('verification', attempt)?.verification;
    if (verification?.verdict !== 'recovered')
      throw new Error(`the recovery of incident ${incidentId} is not verified`);

    const actions = await ports.incidents.actions(incidentId);
    const now = ports.clock.now();
    if (incident.state !== 'resolved') {
      const helped = actions.filter((action) => action.attempt === attempt).map(({ step }) => step.runbook);
      const closing = `recovered after ${helped.join(', ') || 'work by hand'}: ${verification.reason}`;
      const moved = await moveTo(ports, incident, 'resolved', closing, { closedAt: now, closing });
      if (moved === null) return { outcome: 'gone' };
    }
    const services = actions.map(({ operation }) => operation.service);
    await releaseServices(ports.leases, incidentId, services, now);
    await ports.transitions.unlock(incident);
    await letGoOfCopies(ports, actions);
    return { outcome: 'ended' };
  };

/** What was kept in case the act had to be undone is not needed any more; nobody waits for it to be gone. */
const letGoOfCopies = async ({ target }: ClosePorts, actions: readonly RemediationAction[]): Promise<void> => {
  for (const { idempotencyKey, step, status, undo } of actions) {
    if (status !== 'done' || undo === 'undone') continue;
    for (const [index, operation] of catalogue[step.runbook].letGo(step.parameters).entries()) {
      const begun = await target.operate({ key: `${idempotencyKey}#let-go#${index}`, operation });
      if (begun.state === 'failed') throw new Error(`copies kept by ${step.runbook} are still there: ${begun.reason}`);
    }
  }
};
