import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import { undoOperations } from '../domain/runbooks/undo-action.ts';
import type { Clock } from '../ports/clock.ts';
import type { Target } from '../ports/target.ts';
import type { Transitions } from '../ports/transitions.ts';

export type UndoPorts = {
  readonly clock: Clock;
  readonly transitions: Pick<Transitions, 'finishAction'>;
  readonly target: Pick<Target, 'operate'>;
};

export type UndoProgress =
  | { readonly state: 'pending' | 'settled' }
  | { readonly state: 'failed'; readonly reason: string };

const operationSeconds = 15 * 60;

/**
 * Puts back what one action changed, as far as it goes; an action that changed nothing needs nothing. Of one that was
 * given up before it ended the platform is asked first: what may yet be done cannot be taken back, and a person has to know.
 */
export const undoOne = async (ports: UndoPorts, intended: RemediationAction): Promise<UndoProgress> => {
  const action = await howItEnded(ports, intended);
  if (action.status === 'intended') {
    return {
      state: 'failed',
      reason: `${action.step.runbook} is still under way, and it is not known whether it will be done`,
    };
  }
  if (action.undo === 'undone' || action.undo === 'notNeeded') return { state: 'settled' };
  if (action.undo === 'failed') return { state: 'failed', reason: `${action.step.runbook} could not be undone` };
  const operations = action.status === 'done' ? undoOperations(action) : [];
  if (operations.length === 0) {
    await ports.transitions.finishAction({ ...action, undo: 'notNeeded' });
    return { state: 'settled' };
  }
  // The time of the request is kept in the row, so that an undo that never ends is noticed.
  const begun =
    action.undo === 'pending' ? action : { ...action, undo: 'pending' as const, undoneAt: ports.clock.now() };
  if (action.undo !== 'pending') await ports.transitions.finishAction(begun);
  let endedAt = 0;
  for (const [index, operation] of operations.entries()) {
    const status = await ports.target.operate({ key: `${action.idempotencyKey}#undo#${index}`, operation });
    const late = ports.clock.now() - (begun.undoneAt ?? 0) >= operationSeconds * 1000;
    if (status.state === 'pending' && !late) return { state: 'pending' };
    if (status.state !== 'done') {
      const reason =
        status.state === 'failed' ? status.reason : `it did not end within ${operationSeconds / 60} minutes`;
      await ports.transitions.finishAction({ ...begun, undo: 'failed' });
      return { state: 'failed', reason: `${action.step.runbook} could not be undone: ${reason}` };
    }
    endedAt = Math.max(endedAt, status.endedAt);
  }
  await ports.transitions.finishAction({ ...begun, undo: 'undone', undoneAt: endedAt });
  return { state: 'settled' };
};

/** The action with its end, if it has one by now. Its step asked for it under this key before, so nothing is begun here. */
const howItEnded = async ({ clock, transitions, target }: UndoPorts, action: RemediationAction) => {
  if (action.status !== 'intended') return action;
  const { idempotencyKey: key, operation } = action;
  const status = await target.operate({ key, operation });
  if (status.state === 'pending') return action;
  const ended: RemediationAction =
    status.state === 'done'
      ? { ...action, status: 'done', endedAt: status.endedAt, before: status.before, after: status.after }
      : { ...action, status: 'failed', endedAt: clock.now(), failure: status.reason };
  await transitions.finishAction(ended);
  return ended;
};
