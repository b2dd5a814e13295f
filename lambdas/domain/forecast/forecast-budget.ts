import type { Series } from '../signal/series.ts';
import { eightyFactor, outlook, type Pace, paceOf } from './burn-pace.ts';
import {
  allowedShare,
  type Count,
  type ErrorBudget,
  horizonOf,
  hourMilliseconds,
  isYoung,
  total,
  usedShare,
  usedUpAt,
} from './error-budget.ts';
import type { Forecast } from './forecast.ts';

/**
 * The long windows of "multiwindow, multi-burn-rate alerts" (Google, The Site Reliability Workbook, chapter 5:
 * three days, six hours, one hour), the surest first. Its short windows, a twelfth of each, are the parts that the pace is read
 * from. Where it alerts on a rate, this asks for more: that the budget is used up soon, with an interval.
 */
const windows = (budget: ErrorBudget): readonly (readonly Count[])[] => [
  budget.hours.filter(({ at }) => at + hourMilliseconds <= budget.end).slice(-72),
  budget.recent.slice(-72),
  budget.recent.slice(-12),
];
/** Nothing is foretold further ahead than so many times what it is read from. */
const aheadOfWindow = 12;
/** A pace known less well than this says nothing of when. */
const mostError = 0.35;
/** What ended within the last hour is told by its newest counts. */
export const newestCounts = 12;

/** When the budget of a service will be used up; null where nothing honest can be said. `series` counts the failures; `standing` is what was foretold at the last look. */
export function forecastBudget(
  budget: ErrorBudget,
  series: Pick<Series, 'id' | 'service' | 'metric'>,
  now: number,
  standing: Forecast | null,
): Forecast | null {
  const used = usedShare(budget);
  if (used >= 1 || isYoung(budget) || hasEnded(budget)) return null;
  for (const counts of windows(budget)) {
    const pace = paceOf(budget, counts);
    if (pace === null || pace.error > mostError) continue;
    const crossing = crossingOf(budget, counts, pace);
    if (crossing === null || crossing.at <= now) continue;
    const { objective } = budget;
    const window = { ...total(counts), minutes: lengthOf(counts) / 60_000 };
    const since = counts[0]?.at ?? now;
    const before = { ...budget, end: since, hours: budget.hours.filter(({ at }) => at < since) };
    return {
      series: series.id,
      service: series.service,
      instance: null,
      role: 'errors',
      metric: 'ErrorBudget',
      limit: 100,
      unit: '%',
      level: 100 * used,
      usual: 100 * usedShare(before),
      usualRise: 0,
      slope: (100 * (1 - used) * 1000) / (crossing.at - now),
      since,
      madeAt: now,
      standsSince: standing?.standsSince ?? now,
      ...crossing,
      budget: {
        objective,
        metric: series.metric,
        perMinute: window.errors / window.minutes,
        lastingPerMinute: (window.requests * allowedShare(objective)) / window.minutes,
      },
    };
  }
  return null;
}

const lengthOf = (counts: readonly Count[]): number => ((counts[1]?.at ?? 0) - (counts[0]?.at ?? 0)) * counts.length;

/** What failed last says for certain that the budget lasts, whatever burned before. */
export function hasEnded(budget: ErrorBudget): boolean {
  for (let count = 1; count <= newestCounts; count += 1) {
    if (outlook(budget, budget.recent.slice(-count)) === 'lasts') return true;
  }
  return false;
}

function crossingOf(
  budget: ErrorBudget,
  counts: readonly Count[],
  pace: Pace,
): Pick<Forecast, 'at' | 'earliest' | 'latest'> | null {
  const reach = Math.min(horizonOf(budget.objective), aheadOfWindow * lengthOf(counts));
  const crossing = (factor: number, within: number) => usedUpAt(budget, (at) => factor * pace.shareAt(at), within);
  const at = crossing(1, reach);
  // Where even so it might never come to it, there is no interval to give.
  const latest = crossing(1 / eightyFactor(pace), 2 * reach);
  if (at === null || latest === null) return null;
  return { at, latest, earliest: crossing(eightyFactor(pace), reach) ?? at };
}
