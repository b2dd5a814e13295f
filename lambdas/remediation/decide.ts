import type { DecideResult, RespondInput } from '../contract/state-machine.ts';
import type { Authority, Decision } from '../domain/decision/decision.ts';
import type { Incident, IncidentState } from '../domain/incident/incident.ts';
import { decide } from '../domain/policy/decide.ts';
import type { PolicyLimits } from '../domain/policy/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Target } from '../ports/target.ts';
import type { Transitions } from '../ports/transitions.ts';
import { type Conclusions, fileFirst, readConclusions } from './conclusions.ts';
import { findAttempt, moveTo } from './live-incident.ts';
import { readPastActions } from './past-actions.ts';

export type DecidePorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'decisions' | 'actionsSince'>;
  readonly transitions: Pick<Transitions, 'move' | 'fileDecision'>;
  readonly target: Pick<Target, 'describe'>;
};

const gone: DecideResult = { outcome: 'gone', reason: 'the incident is not waiting for a decision' };

/** In which state an incident waits for each kind of answer; the others do not wait. */
const waitingState: Partial<Record<Authority, IncidentState>> = {
  approve: 'awaitingApproval',
  review: 'awaitingReview',
  manual: 'manual',
};

/** Lets policy say who may carry out the plan, files its answer and has the incident wait where a person is asked. */
export const createDecide =
  (ports: DecidePorts, limits: PolicyLimits) =>
  async ({ incidentId, attempt }: RespondInput): Promise<DecideResult> => {
    const incident = await findAttempt(ports.incidents, { incidentId, attempt });
    if (incident === null) return gone;
    const conclusions = await readConclusions(ports.incidents, incidentId);
    const filed = conclusions.find('decision', attempt)?.decision;
    if (incident.state !== 'diagnosing') {
      const waits = filed !== undefined && waitingState[filed.authority] === incident.state;
      return waits ? { outcome: filed.authority, reason: filed.reason } : gone;
    }
    const decision = filed ?? (await decideFirst(ports, limits, incident, conclusions));
    const state = waitingState[decision.authority];
    if (state !== undefined) {
      const message = `policy asks a person (${decision.rules[0]}): ${decision.reason}`;
      if ((await moveTo(ports, incident, state, message)) === null) return gone;
    }
    return { outcome: decision.authority, reason: decision.reason };
  };

const decideFirst = async (
  ports: DecidePorts,
  limits: PolicyLimits,
  incident: Incident,
  conclusions: Conclusions,
): Promise<Decision> => {
  const decision = await ask(ports, limits, incident, conclusions);
  const { id: incidentId, attempt } = incident;
  return (await fileFirst(ports, { incidentId, attempt, at: ports.clock.now(), kind: 'decision', decision })).decision;
};

const ask = async (
  { clock, incidents, target }: DecidePorts,
  limits: PolicyLimits,
  incident: Incident,
  conclusions: Conclusions,
): Promise<Decision> => {
  const now = clock.now();
  const { diagnosis, support } = conclusions.require('diagnosis', incident.attempt);
  const { plan, grounds } = conclusions.require('plan', incident.attempt);
  const challenge = conclusions.find('challenge', incident.attempt)?.challenge;
  const [topology, history] = await Promise.all([target.describe(), readPastActions(incidents, now)]);
  const confidence = Math.min(support, diagnosis.hypotheses[0]?.confidence ?? 0, challenge?.confidenceLimit ?? 1);
  return decide({ plan, topology, incident, limits, history, confidence, grounds, now });
};
