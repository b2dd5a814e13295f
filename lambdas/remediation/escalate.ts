import type { EndResult, EscalateInput } from '../contract/state-machine.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Transitions } from '../ports/transitions.ts';
import { type FinishEscalationPorts, finishEscalation } from '../shared/finish-escalation.ts';
import { moveTo } from './live-incident.ts';
import { actor } from './settings.ts';

export type EscalatePorts = FinishEscalationPorts & {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'actions' | 'approvals'>;
  readonly transitions: Pick<Transitions, 'move' | 'answer'>;
};

const longestReason = 1000;

/**
 * Hands the incident to people: state and audit line first, then one message.
 * The open lock stays: while the trouble lasts it is this incident, not a new
 * one every scan. A call after a crash finishes what the first one began.
 */
export const createEscalate =
  (ports: EscalatePorts) =>
  async ({ incidentId, reason: given }: EscalateInput): Promise<EndResult> => {
    const incident = await ports.incidents.get(incidentId);
    if (incident === null || incident.state === 'resolved') return { outcome: 'gone' };
    const now = ports.clock.now();
    const silent = await expireQuestions(ports, incident, now);
    const reason = silent ? 'nobody answered in time' : given.slice(0, longestReason);
    if (incident.state !== 'escalated') {
      const moved = await moveTo(ports, incident, 'escalated', `escalated: ${reason}`, {
        closedAt: now,
        closing: reason,
      });
      if (moved === null) return retryLater(ports, incident);
    }
    await finishEscalation(ports, { ...incident, closing: incident.closing ?? reason }, now);
    return { outcome: 'ended' };
  };

/** True when a question was still open: its silence is the reason. */
const expireQuestions = async (ports: EscalatePorts, { id }: Incident, at: number): Promise<boolean> => {
  let silent = false;
  for (const approval of await ports.incidents.approvals(id)) {
    if (approval.status !== 'pending') continue;
    await ports.transitions.answer({ approval, status: 'expired', at, by: actor });
    silent ||= at >= approval.expiresAt;
  }
  return silent;
};

/** Another hand moved it first: gone if that ended it, and otherwise the machine tries again. */
const retryLater = async (ports: EscalatePorts, { id }: Incident): Promise<EndResult> => {
  const present = await ports.incidents.get(id);
  if (present?.state === 'resolved' || present?.state === 'escalated') return { outcome: 'gone' };
  throw new Error(`incident ${id} was moved while it was being escalated`);
};
