import { z } from 'zod';
import { type ServiceName, serviceNameSchema } from '../ids.ts';
import type { Sample, Series } from '../signal/series.ts';

/** How many of a service's requests must succeed over a window that moves along. */
export const objectiveSchema = z.strictObject({
  service: serviceNameSchema,
  /** Percent of the requests. */
  succeed: z.number().min(50).max(99.999),
  days: z.int().min(7).max(30).default(30),
});
export type Objective = z.infer<typeof objectiveSchema>;

/** Requests and those of them that failed, in a period that began `at`, epoch milliseconds. */
export type Count = { readonly at: number; readonly requests: number; readonly errors: number };

/** What was counted of a service with an objective up to `end`, oldest first and without gaps. */
export type ErrorBudget = {
  readonly objective: Objective;
  readonly end: number;
  /** By the hour, from the first with a request on; the last one may be part of an hour. */
  readonly hours: readonly Count[];
  /** The newest six hours, by five minutes. */
  readonly recent: readonly Count[];
};

export const hourMilliseconds = 3_600_000;
export const recentMilliseconds = 300_000;
const dayHours = 24;
const weekHours = 7 * dayHours;
/** Demand follows weeks, and how it stands to the last one takes a day more to tell: nothing is foretold of a younger record. */
export const acquaintanceHours = weekHours + dayHours;
/** So far back it is counted. An hour without a request at its end is no sign of youth, so a day more than is needed. */
export const hoursCounted = ({ days }: Objective): number => Math.max(days * dayHours, acquaintanceHours + dayHours);

export const allowedShare = ({ succeed }: Objective): number => 1 - succeed / 100;
/** Nothing is foretold further ahead: three days of a window of thirty. */
export const horizonOf = ({ days }: Pick<Objective, 'days'>): number => (days * dayHours * hourMilliseconds) / 10;

export const total = (counts: readonly Count[]): Omit<Count, 'at'> => {
  let [requests, errors] = [0, 0];
  for (const count of counts) {
    requests += count.requests;
    errors += count.errors;
  }
  return { requests, errors };
};

export const isYoung = ({ end, hours }: ErrorBudget): boolean =>
  end - (hours[0]?.at ?? end) < acquaintanceHours * hourMilliseconds;

const inWindow = ({ objective, end, hours }: ErrorBudget): readonly Count[] =>
  hours.filter(({ at }) => at >= end - objective.days * dayHours * hourMilliseconds);

/** How much of the budget is used, 0 upwards, of what was asked in the window: 1 is all of it. 0 where nothing was asked. */
export function usedShare(budget: ErrorBudget): number {
  const { requests, errors } = total(inWindow(budget));
  return requests === 0 ? 0 : errors / (requests * allowedShare(budget.objective));
}

/** How much more or less is asked in the last day than a week before; a holiday or a launch is no more than half or double. */
export function levelOf({ end, hours }: ErrorBudget): number {
  const asked = (weeksAgo: number) => {
    const to = end - weeksAgo * weekHours * hourMilliseconds;
    return total(hours.filter(({ at }) => at < to && at >= to - dayHours * hourMilliseconds)).requests;
  };
  const before = asked(1);
  return before === 0 ? 1 : Math.min(2, Math.max(0.5, asked(0) / before));
}

/**
 * When the budget will be used up, epoch milliseconds, if of the requests of each
 * hour to come (those of the same hour a week ago, at the level of now) such a share fails; null when that is not
 * within `reach` milliseconds. What is older than the window comes back meanwhile. Now, where it is used up already.
 */
export function usedUpAt(budget: ErrorBudget, shareAt: (at: number) => number, reach: number): number | null {
  const { objective, end, hours } = budget;
  const allowed = allowedShare(objective);
  const windowMilliseconds = objective.days * dayHours * hourMilliseconds;
  const level = levelOf(budget);
  const known = new Map(hours.map((count) => [count.at, count.requests]));
  const window = inWindow(budget);
  let { requests, errors } = total(window);
  let used = usedShare(budget);
  if (used >= 1) return end;
  let oldest = 0;
  const thisHour = end - (end % hourMilliseconds);
  for (let step = 0; step * hourMilliseconds < reach; step += 1) {
    const at = thisHour + step * hourMilliseconds;
    const asked = level * (known.get(at - weekHours * hourMilliseconds) ?? 0);
    requests += asked;
    errors += asked * shareAt(at);
    const from = end + (step + 1) * hourMilliseconds - windowMilliseconds;
    for (let left = window[oldest]; left !== undefined && left.at < from; left = window[oldest]) {
      requests -= left.requests;
      errors -= left.errors;
      oldest += 1;
    }
    const next = requests <= 0 ? 0 : errors / (requests * allowed);
    if (next >= 1) return end + (step + (1 - used) / (next - used)) * hourMilliseconds;
    used = next;
  }
  return null;
}

/**
 * What share of its requests usually fails at an hour of the day: the median of the last seven
 * days, so that trouble of three days is not usual and a rhythm of every day is.
 */
export function usualShares({ end, hours }: ErrorBudget): (at: number) => number {
  const week = hours.filter(({ at, requests }) => at >= end - weekHours * hourMilliseconds && requests > 0);
  const byHour = Map.groupBy(week, ({ at }) => hourOfDay(at));
  const usual = new Map(
    [...byHour].map(([hour, counts]) => {
      const shares = counts.map(({ requests, errors }) => errors / requests).sort((one, other) => one - other);
      return [hour, shares[Math.floor((shares.length - 1) / 2)] ?? 0];
    }),
  );
  return (at) => usual.get(hourOfDay(at)) ?? 0;
}

const hourOfDay = (at: number): number => Math.floor(at / hourMilliseconds) % dayHours;

/** The series that count what is asked of a service and what of it fails. */
export function countersOf(series: Iterable<Series>, service: ServiceName) {
  const counted = [...series].filter(
    (one) => one.service === service && one.instance === null && one.statistic === 'Sum',
  );
  return {
    requests: counted.filter(({ role }) => role === 'requests'),
    errors: counted.filter(({ role }) => role === 'errors'),
  };
}

/** Counts by period from the sums over it; what has no sample was neither asked nor failed. */
export function countUp(
  samples: { readonly requests: readonly Sample[]; readonly errors: readonly Sample[] },
  { from, to, periodMilliseconds }: { readonly from: number; readonly to: number; readonly periodMilliseconds: number },
): readonly Count[] {
  const length = Math.max(0, Math.round((to - from) / periodMilliseconds));
  const sums = (of: readonly Sample[]): Float64Array => {
    const sum = new Float64Array(length);
    for (const { at, value } of of) {
      const index = Math.floor((at - from) / periodMilliseconds);
      if (index >= 0 && index < length && Number.isFinite(value) && value > 0) sum[index] = (sum[index] ?? 0) + value;
    }
    return sum;
  };
  const [requests, errors] = [sums(samples.requests), sums(samples.errors)];
  return Array.from({ length }, (_, index) => {
    const asked = requests[index] ?? 0;
    // No more can fail than were asked, also where the two are counted in different periods or places.
    return { at: from + index * periodMilliseconds, requests: asked, errors: Math.min(asked, errors[index] ?? 0) };
  });
}
