import type { IncidentId } from '../ids.ts';
import type { RunbookId } from '../runbooks/runbook.ts';
import type { Incident } from './incident.ts';

/**
 * Trouble that comes back within so long after an incident ended is the same trouble. Within an hour whatever changed
 * meanwhile seldom explains it better than a remedy that did not hold; what a restart only puts off comes back later, and
 * is foretold as a rule.
 */
export const sameTroubleMilliseconds = 3_600_000;

/** Which instances and callers alarm in the first scan is partly chance: so much of the smaller set is enough to call two sets alike. */
const alikeShare = 0.5;

/**
 * The resolved incident of which this one is the relapse, the one that ended last: of the same family, so that the same kinds
 * of sign spoke in the same service, with the same series, a short while ago. What callers suffer is alike whatever the cause, so
 * that it makes no relapse of another trouble of the same service. None for what was foretold, and of it: that a limit comes nearer
 * again says nothing against what was done, and its verification looks ahead anyway.
 */
export const relapseOf = (incident: Incident, resolved: readonly Incident[]): IncidentId | null =>
  resolved
    .filter((earlier) => isSameTrouble(earlier, incident))
    .toSorted((one, other) => (other.closedAt ?? 0) - (one.closedAt ?? 0))[0]?.id ?? null;

/**
 * Whether trouble that comes after these acts says that they did not hold. A message that was taken out stays out: what fails
 * after it is another one.
 */
export const couldHaveFailed = (runbooks: readonly RunbookId[]): boolean =>
  runbooks.some((runbook) => runbook !== 'quarantine-message');

const isSameTrouble = (earlier: Incident, incident: Incident): boolean =>
  earlier.state === 'resolved' &&
  earlier.closedAt !== null &&
  earlier.closedAt <= incident.openedAt &&
  incident.onset - earlier.closedAt < sameTroubleMilliseconds &&
  earlier.kind === 'observed' &&
  incident.kind === 'observed' &&
  earlier.family === incident.family &&
  areAlike(earlier.series, incident.series);

const areAlike = (one: readonly string[], other: readonly string[]): boolean => {
  const shared = one.filter((series) => other.includes(series)).length;
  return shared > 0 && shared >= alikeShare * Math.min(one.length, other.length);
};
