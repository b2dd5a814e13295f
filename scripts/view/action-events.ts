import type { RemediationAction } from '../../lambdas/domain/plan/remediation-action.ts';
import { changedText, stepText } from './operation-text.ts';
import { plain } from './text.ts';
import { duration } from './time.ts';
import type { TimelineEvent } from './timeline-event.ts';

/** An action begun, ended and put back, as far as it has come. */
export const acted = (action: RemediationAction): readonly TimelineEvent[] => {
  const id = action.idempotencyKey;
  const begun: TimelineEvent = {
    id,
    at: action.startedAt,
    label: 'act',
    tone: 'gold',
    headline: stepText(action.step),
    details: [],
  };
  const events = [begun];
  if (action.endedAt !== null) {
    const changed = changedText(action);
    events.push({
      id: `${id}-ended`,
      at: action.endedAt,
      label: 'acted',
      tone: action.status === 'failed' ? 'bad' : 'plain',
      headline:
        action.status === 'failed'
          ? `failed: ${plain(action.failure ?? 'no reason given')}`
          : `done after ${duration(action.endedAt - action.startedAt)}${changed === '' ? '' : `: ${changed}`}`,
      details: [],
    });
  }
  if (action.undoneAt !== null) {
    events.push({
      id: `${id}-undone`,
      at: action.undoneAt,
      label: 'undone',
      tone: action.undo === 'failed' ? 'bad' : 'plain',
      headline: action.undo === 'failed' ? 'could not be put back' : `${action.step.runbook} put back`,
      details: [],
    });
  }
  return events;
};
