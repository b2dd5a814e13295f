import { noticeKey } from '../contract/archive-keys.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Leases } from '../ports/leases.ts';
import type { Notice, Notifier } from '../ports/notifier.ts';
import { releaseServices } from './service-leases.ts';

export type FinishEscalationPorts = {
  readonly incidents: Pick<Incidents, 'actions'>;
  readonly leases: Leases;
  readonly notifier: Notifier;
};

/**
 * What follows once an incident is `escalated`, whoever moved it: its services are let go and people are
 * told. Done again it changes nothing, so what a crash or a failed message cut short is finished by the next one.
 */
export const finishEscalation = async (
  { incidents, leases, notifier }: FinishEscalationPorts,
  incident: Incident,
  now: number,
): Promise<void> => {
  const services = (await incidents.actions(incident.id)).map(({ operation }) => operation.service);
  await releaseServices(leases, incident.id, services, now);
  await notifier.notify(wording(incident));
};

const wording = ({ id, service, title, closing }: Incident): Notice => ({
  key: noticeKey({ incidentId: id, what: 'escalation' }),
  subject: `Kintsugi: ${service} needs a person`,
  body: [`${title}.`, `Why: ${closing}.`, `All of it: npm run incident -- ${id}`].join('\n'),
});
