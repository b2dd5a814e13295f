import { noticeKey } from '../contract/archive-keys.ts';
import type { Approval } from '../domain/approval/approval.ts';
import type { SeriesId } from '../domain/ids.ts';
import { type Incident, type IncidentState, incidentStates } from '../domain/incident/incident.ts';
import type { Incidents, Notifier, Orchestrator, Transitions } from '../ports.ts';

export type SweepPorts = {
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly orchestrator: Orchestrator;
  readonly notifier: Notifier;
};

const actor = 'sweeper';
/** What is younger than this may still be on its way. */
const graceMilliseconds = 60_000;
/** An escalated incident lets go of its service when its series have been quiet for so long. */
const quietMilliseconds = 15 * 60_000;
const pageSize = 100;

const waiting = ['awaitingApproval', 'awaitingReview', 'manual'] as const satisfies readonly IncidentState[];

/**
 * Picks up what a crash or a silent person left behind: living incidents whose
 * execution was never started or has ended, questions that have expired, that
 * were never written or whose answer did not arrive, and locks of incidents that are over.
 * `lastAlarm` tells when one of the series last alarmed, epoch milliseconds, 0 for never.
 */
export async function sweep(
  ports: SweepPorts,
  now: number,
  lastAlarm: (series: readonly SeriesId[]) => number,
): Promise<void> {
  for (const state of incidentStates) {
    if (state === 'resolved' || state === 'escalated') continue;
    for (const incident of await ports.incidents.listByState(state, pageSize)) {
      await tendExecution(ports, incident, now);
    }
  }
  for (const approval of await ports.incidents.pendingApprovals()) {
    if (approval.expiresAt <= now) await expire(ports, approval, now);
  }
  for (const incident of await ports.incidents.listLocked()) {
    const over =
      incident.state === 'resolved' ||
      (incident.state === 'escalated' &&
        now - Math.max(lastAlarm(incident.series), incident.closedAt ?? incident.updatedAt) >= quietMilliseconds);
    if (over) await ports.transitions.unlock(incident);
  }
}

async function tendExecution(ports: SweepPorts, incident: Incident, now: number): Promise<void> {
  const status = await ports.orchestrator.status(incident.id);
  if (status === 'none') {
    if (incident.state === 'open') return ports.orchestrator.start(incident.id);
    return escalate(ports, incident, now, 'its execution is gone');
  }
  // An execution that has just ended may still be writing the last state.
  if (now - incident.updatedAt < graceMilliseconds) return;
  if (status === 'ended') return escalate(ports, incident, now, 'its execution ended before it did');
  if (waiting.some((state) => state === incident.state)) await tendQuestion(ports, incident, now);
}

/** A wait without a question can never be answered; an answer that was given must reach the execution. */
async function tendQuestion(ports: SweepPorts, incident: Incident, now: number): Promise<void> {
  const approvals = await ports.incidents.approvals(incident.id);
  const approval = approvals.toSorted((one, other) => one.attempt - other.attempt).at(-1);
  if (approval === undefined) return escalate(ports, incident, now, 'it waits for a person who was never asked');
  const { status, answeredAt } = approval;
  if (status === 'pending' || now - (answeredAt ?? now) < graceMilliseconds) return;
  const known = await ports.orchestrator.answer(approval.token, {
    answer: status,
    by: approval.answeredBy ?? actor,
  });
  if (!known) await escalate(ports, incident, now, 'the answer to its question did not arrive');
}

async function expire(ports: SweepPorts, approval: Approval, now: number): Promise<void> {
  if (!(await ports.transitions.answer({ approval, status: 'expired', at: now, by: actor }))) return;
  if (await ports.orchestrator.answer(approval.token, { answer: 'expired', by: actor })) return;
  const incident = await ports.incidents.get(approval.incidentId);
  if (incident === null || incident.state === 'resolved' || incident.state === 'escalated') return;
  await escalate(ports, incident, now, 'nobody answered in time');
}

async function escalate(ports: SweepPorts, incident: Incident, now: number, reason: string): Promise<void> {
  const message = `escalated: ${reason}`;
  const change = { closedAt: now, closing: reason };
  const moved = await ports.transitions.move({ incident, to: 'escalated', at: now, actor, message, change });
  if (!moved) return;
  await ports.notifier.notify({
    key: noticeKey({ incidentId: incident.id, what: 'escalation' }),
    subject: `Kintsugi: ${incident.service} needs a person`,
    body: `Incident ${incident.id} (${incident.title}) was ${message}.`,
  });
}
