import type { IncidentState } from '../../lambdas/domain/incident/incident.ts';
import type { Paint } from './screen.ts';

/** The colour of a state: green healed, red given up, magenta waiting for a person, gold at work. */
export const stateColour = (state: IncidentState, paint: Paint): ((text: string) => string) => {
  switch (state) {
    case 'resolved':
      return paint.good;
    case 'escalated':
      return paint.bad;
    case 'awaitingApproval':
    case 'awaitingReview':
    case 'manual':
      return paint.warn;
    case 'open':
    case 'diagnosing':
    case 'remediating':
    case 'verifying':
      return paint.gold;
  }
};
