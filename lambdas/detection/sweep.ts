import type { Approval } from '../domain/approval/approval.ts';
import type { SeriesId } from '../domain/ids.ts';
import { type Incident, type IncidentState, incidentStates } from '../domain/incident/incident.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Orchestrator } from '../ports/orchestrator.ts';
import type { Transitions } from '../ports/transitions.ts';
import { type FinishEscalationPorts, finishEscalation } from '../shared/finish-escalation.ts';

export type SweepPorts = FinishEscalationPorts & {
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly orchestrator: Orchestrator;
};

const actor = 'sweeper';
/** What is younger than this may still be on its way. */
const graceMilliseconds = 60_000;
/** An escalated incident lets go of its service when its series have been quiet for so long. */
const quietMilliseconds = 15 * 60_000;
const pageSize = 100;

const waiting = ['awaitingApproval', 'awaitingReview', 'manual'] as const satisfies readonly IncidentState[];

export type SweepSettings = {
  readonly now: number;
  /** When one of the series last alarmed, epoch milliseconds, 0 for never. */
  readonly lastAlarm: (series: readonly SeriesId[]) => number;
};

/**
 * Picks up what a crash or a silent person left behind: living incidents whose
 * execution was never started or has ended, questions that have expired, that
 * were never written or whose answer did not arrive, and locks of incidents that are over.
 * An escalation that was cut short is finished: whoever moved the incident, its services are let go and people are told.
 * @returns what could not be read or tended, one line each; the next sweep tries again
 */
export async function sweep(ports: SweepPorts, settings: SweepSettings): Promise<readonly string[]> {
  const troubles = new Map<string, string>();
  const note = (what: string, error: unknown) => troubles.set(what, inShort(error));
  /** One that fails or cannot be read keeps the sweep from no other. */
  const forEach = async <Row>(
    what: string,
    list: () => Promise<readonly Row[]>,
    nameOf: (row: Row) => string,
    tend: (row: Row) => Promise<void>,
  ) => {
    try {
      for (const row of await list()) await tend(row).catch((error: unknown) => note(nameOf(row), error));
    } catch (error) {
      note(what, error);
    }
  };
  const { incidents } = ports;
  const noteQuestion = (id: string, error: unknown) => note(`question of ${id}`, error);
  for (const state of incidentStates) {
    if (state === 'resolved' || state === 'escalated') continue;
    await forEach(
      `incidents that are ${state}`,
      () => incidents.listByState(state, pageSize, note),
      ({ id }) => id,
      (incident) => tendExecution(ports, incident, settings),
    );
  }
  await forEach(
    'questions',
    async () => (await incidents.pendingApprovals(noteQuestion)).filter(({ expiresAt }) => expiresAt <= settings.now),
    ({ incidentId }) => incidentId,
    (approval) => expire(ports, approval, settings),
  );
  await forEach(
    'open locks',
    () => incidents.listLocked(note),
    ({ id }) => id,
    (incident) => tendEnded(ports, incident, settings),
  );
  return [...troubles].map(([what, reason]) => `${what}: ${reason}`);
}

/** An error in one line of bounded length. */
const inShort = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 200);

async function tendEnded(ports: SweepPorts, incident: Incident, settings: SweepSettings): Promise<void> {
  const { now, lastAlarm } = settings;
  if (incident.state === 'resolved') return ports.transitions.unlock(incident);
  // Whoever has just escalated it may still be telling people.
  if (incident.state !== 'escalated' || now - incident.updatedAt < graceMilliseconds) return;
  await finishEscalation(ports, incident, now);
  const quietSince = Math.max(lastAlarm(incident.series), incident.closedAt ?? incident.updatedAt);
  if (now - quietSince >= quietMilliseconds) await ports.transitions.unlock(incident);
}

async function tendExecution(ports: SweepPorts, incident: Incident, settings: SweepSettings): Promise<void> {
  const status = await ports.orchestrator.status(incident.id);
  if (status === 'none') {
    if (incident.state === 'open') return ports.orchestrator.start(incident.id);
    return escalate(ports, incident, settings, 'its execution is gone');
  }
  // An execution that has just ended may still be writing the last state.
  if (settings.now - incident.updatedAt < graceMilliseconds) return;
  if (status === 'ended') return escalate(ports, incident, settings, 'its execution ended before it did');
  if (waiting.some((state) => state === incident.state)) await tendQuestion(ports, incident, settings);
}

/**
 * A wait without a question can never be answered; an answer that was given must reach the execution. One that does not know the
 * question any more has the answer, and waits for something else, such as its turn on a service that another incident works on.
 */
async function tendQuestion(ports: SweepPorts, incident: Incident, settings: SweepSettings): Promise<void> {
  const approvals = await ports.incidents.approvals(incident.id);
  const approval = approvals.toSorted((one, other) => one.attempt - other.attempt).at(-1);
  if (approval === undefined) return escalate(ports, incident, settings, 'it waits for a person who was never asked');
  const { status, answeredAt } = approval;
  if (status === 'pending' || settings.now - (answeredAt ?? settings.now) < graceMilliseconds) return;
  await ports.orchestrator.answer(approval.token, { answer: status, by: approval.answeredBy ?? actor });
}

async function expire(ports: SweepPorts, approval: Approval, settings: SweepSettings): Promise<void> {
  if (!(await ports.transitions.answer({ approval, status: 'expired', at: settings.now, by: actor }))) return;
  if (await ports.orchestrator.answer(approval.token, { answer: 'expired', by: actor })) return;
  const incident = await ports.incidents.get(approval.incidentId);
  if (incident === null || incident.state === 'resolved' || incident.state === 'escalated') return;
  await escalate(ports, incident, settings, 'nobody answered in time');
}

async function escalate(
  ports: SweepPorts,
  incident: Incident,
  settings: SweepSettings,
  closing: string,
): Promise<void> {
  const { now: at } = settings;
  const message = `escalated: ${closing}`;
  const change = { closedAt: at, closing };
  const moved = await ports.transitions.move({ incident, to: 'escalated', at, actor, message, change });
  if (moved) await finishEscalation(ports, { ...incident, ...change }, at);
}
