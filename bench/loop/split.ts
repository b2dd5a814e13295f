import type { IncidentRecord } from '../../scripts/operator/incident-record.ts';

/** Where the time from a fault to its verified recovery went, seconds; null where a phase never came. */
export type Split = {
  /** Injection to opening of the incident. */
  readonly detection: number | null;
  /** Opening to the policy's decision on the plan that was carried out. */
  readonly decision: number | null;
  /** Decision to the first act: what waiting for a person takes, when one was asked. */
  readonly person: number | null;
  /** Begin of the first act to the end of the last. */
  readonly act: number | null;
  /** End of the last act until the fleet no longer hurt. */
  readonly physics: number | null;
  /** From then on until the recovery was verified. */
  readonly verification: number | null;
};

/** `recoveredAt` is the fleet's own truth; all times epoch milliseconds. */
export const splitOf = (record: IncidentRecord | null, injectedAt: number, recoveredAt: number | null): Split => {
  if (record === null)
    return { detection: null, decision: null, person: null, act: null, physics: null, verification: null };
  const { incident, actions, decisions } = record;
  const begun = actions.length === 0 ? null : Math.min(...actions.map((action) => action.startedAt));
  const ended = actions.reduce<number | null>(
    (latest, action) => (action.endedAt === null ? latest : Math.max(latest ?? 0, action.endedAt)),
    null,
  );
  const decided = decisions.find((decision) => decision.kind === 'decision')?.at ?? null;
  const resolved = incident.state === 'resolved' ? incident.closedAt : null;
  // What recovered before the act was over owes nothing to the waiting after it.
  const healthy = recoveredAt === null || ended === null ? null : Math.max(recoveredAt, ended);
  return {
    detection: seconds(injectedAt, incident.openedAt),
    decision: seconds(incident.openedAt, decided),
    person: seconds(decided, begun),
    act: seconds(begun, ended),
    physics: seconds(ended, healthy),
    verification: seconds(healthy, resolved),
  };
};

const seconds = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, Math.round((to - from) / 100) / 10);
