import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { Question } from '../operator/incident-record.ts';
import type { Screen } from './screen.ts';
import { plain, wrap } from './text.ts';
import { duration } from './time.ts';

export type PendingQuestion = { readonly question: Question; readonly incident: Incident | null };

/** Every question that waits for a person, with the command that answers it. */
export const approvalsLines = (pending: readonly PendingQuestion[], now: number, screen: Screen): readonly string[] => {
  if (pending.length === 0) return ['Nothing waits for a person.'];
  const { paint } = screen;
  return pending.flatMap(({ question, incident }, index) => [
    ...(index === 0 ? [] : ['']),
    `${paint.warn(question.kind)}  ${paint.name(question.incidentId)}  ${left(question.expiresAt - now)}`,
    ...(incident === null ? [] : [`  ${plain(incident.title)}`]),
    ...wrap(plain(question.summary), screen.width - 2).map((line) => `  ${line}`),
    ...answers(question).map((command) => paint.quiet(`  ${command}`)),
  ]);
};

const left = (milliseconds: number): string =>
  milliseconds > 0 ? `${duration(milliseconds)} left; silence is no` : 'expired; the next scan escalates it';

/** The commands that answer a question: a manual task is done or refused, the others are a yes or a no. */
export const answers = (question: Pick<Question, 'kind' | 'incidentId'>): readonly string[] => {
  const yes = question.kind === 'manual' ? 'done' : 'approve';
  return [`npm run ${yes} -- ${question.incidentId}`, `npm run reject -- ${question.incidentId}`];
};
