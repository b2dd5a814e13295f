import {
  allowedShare,
  type Count,
  type ErrorBudget,
  horizonOf,
  hourMilliseconds,
  levelOf,
  total,
  usedShare,
  usedUpAt,
  usualShares,
} from './error-budget.ts';

/** An eighty-per-cent interval of a normal distribution; of one whose width is known from twelve parts alone. */
const eighty = { normal: 1.2816, twelveParts: 1.363 } as const;
/** However steady, a pace may change on the way: so much a standard deviation, as part of it. Within hours a rhythm of days does not show. */
const paceMayChange = { readFromDays: 0.1, readFromHours: 0.2 } as const;
/** What rhythm and the level of demand may do are bounds, an error is about half of them. */
const partOfBounds = 0.5;
/** Its halves fail at shares within this factor of each other, or it is no steady burning. */
const steadyFactor = 1.4;
const parts = 12;

/** How fast a budget burns: the share of requests that fails at an hour, and the standard deviation of its logarithm. */
export type Pace = { readonly share: number; readonly shareAt: (at: number) => number; readonly error: number };

/** What fails beyond the usual of those hours goes on beside the usual of others. */
export function goingOn(budget: ErrorBudget, counts: readonly Count[], share: number): (at: number) => number {
  const usual = usualShares(budget);
  const { requests } = total(counts);
  const expected = counts.reduce((sum, count) => sum + usual(count.at) * count.requests, 0);
  const excess = share - (requests === 0 ? 0 : expected / requests);
  return (at) => Math.max(0, usual(at) + excess);
}

/** The pace over counts of equal periods, a multiple of twelve; null where nothing steady burns. */
export function paceOf(budget: ErrorBudget, counts: readonly Count[]): Pace | null {
  const { requests, errors } = total(counts);
  if (errors === 0 || counts.length < parts) return null;
  const share = errors / requests;
  const length = counts.length / parts;
  const twelve = Array.from({ length: parts }, (_, part) => total(counts.slice(part * length, (part + 1) * length)));
  const [earlier, later] = [twelve.slice(0, parts / 2), twelve.slice(parts / 2)].map(shareOf);
  if (!isWithin(earlier ?? 0, later ?? 0)) return null;
  const scattered = twelve.reduce((sum, one) => sum + (one.errors - share * one.requests) ** 2, 0);
  const counted = Math.sqrt(Math.max((scattered * parts) / (parts - 1), errors)) / errors;
  const rhythm = rhythmOf(budget) / share;
  const days = ((counts.at(-1)?.at ?? 0) - (counts[0]?.at ?? 0)) / hourMilliseconds / 24;
  const mayChange = days >= 1 ? paceMayChange.readFromDays : paceMayChange.readFromHours;
  const error = Math.hypot(counted, partOfBounds * rhythm, partOfBounds * Math.log(levelOf(budget)), mayChange);
  return { share, shareAt: goingOn(budget, counts, share), error };
}

const shareOf = (some: readonly Omit<Count, 'at'>[]): number => {
  const [requests, errors] = [
    some.reduce((sum, one) => sum + one.requests, 0),
    some.reduce((sum, one) => sum + one.errors, 0),
  ];
  return requests === 0 ? 0 : errors / requests;
};

const isWithin = (one: number, other: number): boolean =>
  Math.min(one, other) > 0 && Math.max(one, other) <= steadyFactor * Math.min(one, other);

/** Standard deviation of the usual share over the hours of a day. */
function rhythmOf(budget: ErrorBudget): number {
  const usual = usualShares(budget);
  const shares = Array.from({ length: 24 }, (_, hour) => usual(hour * hourMilliseconds));
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
}

/** By what the pace is multiplied and divided at the ends of the interval that holds four times in five. */
export const eightyFactor = ({ error }: Pace): number => Math.exp(eighty.twelveParts * error);

/**
 * Whether the budget will last beyond the horizon, at what these few counts say for certain: `lasts` at the most that may
 * fail, `usedUp` at the least, else `unclear`. Errors come in bunches, as large as those of the last hours. Of one that is used up by now: whether it comes back.
 */
export function outlook(budget: ErrorBudget, counts: readonly Count[]): 'lasts' | 'usedUp' | 'unclear' {
  const { requests, errors } = total(counts);
  if (requests === 0) return 'unclear';
  const bunches = bunchesOf(budget.recent);
  const most = (errors + 1 + eighty.normal * Math.sqrt(bunches * (errors + 1))) / requests;
  const least = Math.max(0, errors - eighty.normal * Math.sqrt(bunches * errors)) / requests;
  const isGone = usedShare(budget) >= 1;
  const isUsedUpAt = (share: number) =>
    isGone
      ? share >= allowedShare(budget.objective)
      : usedUpAt(budget, goingOn(budget, counts, share), horizonOf(budget.objective)) !== null;
  if (!isUsedUpAt(most)) return 'lasts';
  return isUsedUpAt(least) ? 'usedUp' : 'unclear';
}

/** How many times the scatter of independent events the errors have: 1 at least. */
function bunchesOf(counts: readonly Count[]): number {
  const { requests, errors } = total(counts);
  if (errors === 0) return 1;
  const asked = counts.filter((count) => count.requests > 0);
  const scatter = asked.reduce((sum, count) => {
    const expected = (errors / requests) * count.requests;
    return sum + (count.errors - expected) ** 2 / expected;
  }, 0);
  return Math.max(1, scatter / Math.max(1, asked.length - 1));
}
