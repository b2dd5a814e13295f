import type { Question } from '../operator/incident-record.ts';
import { plain } from './text.ts';
import { duration } from './time.ts';
import type { TimelineEvent } from './timeline-event.ts';

/** A question to a person, and its answer once there is one. */
export const asked = (question: Question): readonly TimelineEvent[] => {
  const id = `question-${question.attempt}`;
  const wait = duration(question.expiresAt - question.askedAt);
  const answer: readonly TimelineEvent[] =
    question.status === 'pending'
      ? []
      : [
          {
            id: `${id}-answer`,
            at: question.answeredAt ?? question.expiresAt,
            label: 'answered',
            tone: question.status === 'no' || question.status === 'expired' ? 'bad' : 'good',
            headline:
              question.status === 'expired'
                ? `nobody answered within ${wait}: silence is no`
                : `${question.status}, by ${plain(question.answeredBy ?? 'somebody')}`,
            details: [],
          },
        ];
  return [
    {
      id,
      at: question.askedAt,
      label: 'asked',
      tone: 'wait',
      headline: `${question.kind}: ${plain(question.summary)}`,
      details: [`waits ${wait}; silence is no`],
    },
    ...answer,
  ];
};
