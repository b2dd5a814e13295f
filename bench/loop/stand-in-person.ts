import { answerQuestion } from '../../scripts/operator/answer-question.ts';
import type { Operator } from '../../scripts/operator/connect.ts';
import { UserError } from '../../scripts/user-error.ts';

type Desk = Pick<Operator, 'clock' | 'incidents' | 'transitions' | 'orchestrator'>;

const name = 'bench';

/** Answers for a person who trusts policy: yes to approvals after a while, no to reviews and manual steps. */
export const answerWaiting = async (desk: Desk, afterSeconds: number): Promise<void> => {
  for (const question of await desk.incidents.pendingApprovals()) {
    if (desk.clock.now() - question.askedAt < afterSeconds * 1000) continue;
    const word = question.kind === 'approve' ? 'yes' : 'no';
    try {
      await answerQuestion(desk, { incident: question.incidentId, word, by: name });
    } catch (error) {
      // It expired or was answered in the same moment; the incident says how.
      if (!(error instanceof UserError)) throw error;
    }
  }
};
