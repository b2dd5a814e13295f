import { noticeKey } from '../contract/archive-keys.ts';
import type { AskPersonInput } from '../contract/state-machine.ts';
import type { Approval } from '../domain/approval/approval.ts';
import type { Incident, IncidentState } from '../domain/incident/incident.ts';
import { plainText } from '../domain/signal/untrusted/plain-text.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Notice, Notifier } from '../ports/notifier.ts';
import type { Transitions } from '../ports/transitions.ts';
import { readConclusions } from './conclusions.ts';
import { findAttempt } from './live-incident.ts';

export type AskPersonPorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'decisions' | 'approvals'>;
  readonly transitions: Pick<Transitions, 'askPerson'>;
  readonly notifier: Notifier;
};

const waitingState = {
  approve: 'awaitingApproval',
  review: 'awaitingReview',
  manual: 'manual',
} as const satisfies Record<AskPersonInput['kind'], IncidentState>;

const commands = { approve: 'approve', review: 'approve', manual: 'done' } as const;

/**
 * Puts the question to a person. The row with token and expiry comes first, so
 * that whoever is told can answer. Asked again with the same token it does nothing.
 * @throws when the incident does not wait for this answer, or its question has another token:
 * nobody could ever answer this one, and the machine escalates
 */
export const createAskPerson =
  ({ clock, incidents, transitions, notifier }: AskPersonPorts) =>
  async ({ incidentId, attempt, kind, token, timeoutSeconds }: AskPersonInput): Promise<void> => {
    const incident = await findAttempt(incidents, { incidentId, attempt });
    if (incident?.state !== waitingState[kind]) throw new Error(`incident ${incidentId} does not wait for '${kind}'`);
    const conclusions = await readConclusions(incidents, incidentId);
    const { plan } = conclusions.require('plan', attempt);
    const { decision } = conclusions.require('decision', attempt);
    const askedAt = clock.now();
    const approval: Approval = {
      incidentId,
      attempt,
      kind,
      token,
      status: 'pending',
      askedAt,
      expiresAt: askedAt + timeoutSeconds * 1000,
      answeredAt: null,
      answeredBy: null,
      summary: `${plainText(plan.summary, 1000)} Asked because ${decision.reason}.`,
    };
    if (await transitions.askPerson(approval)) {
      await notifier.notify(wording(incident, approval, timeoutSeconds));
      return;
    }
    const asked = (await incidents.approvals(incidentId)).find((question) => question.attempt === attempt);
    if (asked?.token !== token) throw new Error(`the question of attempt ${attempt} was asked with another task token`);
  };

const wording = (
  { id, service, title }: Incident,
  { attempt, kind, summary }: Approval,
  timeoutSeconds: number,
): Notice => ({
  key: noticeKey({ incidentId: id, what: `question-${attempt}` }),
  subject: `Kintsugi asks about ${service}`,
  body: [
    title,
    summary,
    `${kind === 'manual' ? 'When it is done' : 'To let it act'}: npm run ${commands[kind]} -- ${id}`,
    `Not to: npm run reject -- ${id}. Silence is no, after ${Math.round(timeoutSeconds / 60)} minutes.`,
  ].join('\n'),
});
