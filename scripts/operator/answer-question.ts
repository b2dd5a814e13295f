import type { Approval } from '../../lambdas/domain/approval/approval.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import type { Orchestrator } from '../../lambdas/ports/orchestrator.ts';
import type { Transitions } from '../../lambdas/ports/transitions.ts';
import { UserError } from '../user-error.ts';
import { pick } from './find-incident.ts';

export type PersonsWord = 'yes' | 'no' | 'done';

type Desk = {
  readonly clock: Clock;
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly orchestrator: Orchestrator;
};

/**
 * Records a person's answer, then gives it to the state machine that waits for it. The row comes first: of two people
 * who answer at once, one is told that it was answered already.
 */
export const answerQuestion = async (
  desk: Desk,
  request: { readonly incident: string; readonly word: PersonsWord; readonly by: string },
): Promise<Approval> => {
  const pending = await desk.incidents.pendingApprovals();
  const newestFirst = pending.toSorted((one, other) => other.askedAt - one.askedAt);
  const id = pick(
    [...new Set(newestFirst.map((question) => question.incidentId))],
    request.incident,
    'waiting question',
    'npm run approvals',
  );
  const question = newestFirst.find((candidate) => candidate.incidentId === id);
  if (question === undefined) throw new UserError(`Nothing waits for a person on ${id}: npm run approvals`);
  checkFits(question, request.word);
  const at = desk.clock.now();
  if (at >= question.expiresAt) throw new UserError(`The question on ${id} has expired; silence was taken for a no.`);
  const answered = await desk.transitions.answer({ approval: question, status: request.word, at, by: request.by });
  if (!answered)
    throw new UserError(`The question on ${id} was answered by someone else meanwhile: npm run incident -- ${id}`);
  const known = await desk.orchestrator.answer(question.token, { answer: request.word, by: request.by });
  if (!known)
    throw new UserError(`The answer on ${id} is filed, but its execution no longer waits: npm run incident -- ${id}`);
  return { ...question, status: request.word, answeredAt: at, answeredBy: request.by };
};

/** A yes lets the machine act; a manual task is done by hand, which only `done` reports. */
const checkFits = (question: Approval, word: PersonsWord): void => {
  if (word === 'done' && question.kind !== 'manual')
    throw new UserError(`This is a question, not a manual task: npm run approve -- ${question.incidentId}, or reject.`);
  if (word === 'yes' && question.kind === 'manual')
    throw new UserError(`This step is for a person to do: when it is done, npm run done -- ${question.incidentId}`);
};
