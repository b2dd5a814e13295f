import type { Incident } from '../domain/incident/incident.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Conclusions } from './conclusions.ts';

/**
 * Since when the running attempt may act: policy's own word, or a person's yes
 * to this attempt's question. Null when nobody allowed it.
 */
export const permittedSince = async (
  incidents: Pick<Incidents, 'approvals'>,
  { id, attempt }: Incident,
  conclusions: Conclusions,
): Promise<number | null> => {
  const { decision, at } = conclusions.require('decision', attempt);
  switch (decision.authority) {
    case 'auto':
      return at;
    case 'approve':
    case 'review': {
      const approval = (await incidents.approvals(id)).find((question) => question.attempt === attempt);
      return approval?.status === 'yes' ? approval.answeredAt : null;
    }
    case 'manual':
    case 'deny':
      return null;
  }
};
