import { answerQuestion } from '../operator/answer-question.ts';
import type { Responder } from './responder.ts';
import { minute } from './rhythm.ts';

/** How long the operator thinks before answering. */
const thinking = minute;

/** Answers what has waited for a minute: yes to approvals, no to reviews and to work by hand. */
export const virtualOperator = (responder: Responder, clock: { now(): number }) => async (): Promise<void> => {
  for (const { incidentId, kind, askedAt } of await responder.incidents.pendingApprovals()) {
    if (clock.now() - askedAt < thinking) continue;
    await answerQuestion(
      { ...responder, clock },
      { incident: incidentId, word: kind === 'approve' ? 'yes' : 'no', by: 'virtual operator' },
    );
  }
};
