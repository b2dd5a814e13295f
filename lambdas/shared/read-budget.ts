import {
  countersOf,
  countUp,
  type ErrorBudget,
  hourMilliseconds,
  hoursCounted,
  type Objective,
  recentMilliseconds,
  total,
} from '../domain/forecast/error-budget.ts';
import { closedPeriodsEnd } from '../domain/signal/closed-periods.ts';
import type { SamplesBySeries, Series } from '../domain/signal/series.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** Counts that come late must not look like a recovery. */
const lateSeconds = 60;
const recentHours = 6;

export type BudgetRead = { readonly budget: ErrorBudget } | { readonly trouble: string };

/** Up to where a budget is read at that time: it changes every five minutes. */
export const budgetEnd = (now: number, settlingSeconds: number): number =>
  closedPeriodsEnd(now, recentMilliseconds / 1000, settlingSeconds + lateSeconds);

/**
 * What was asked of a service and what of it failed, as the telemetry still has it. Nothing is kept: the hours of a
 * month are two series of 720 points, and read anew they hold what came late, too.
 */
export async function readBudget(
  telemetry: Pick<Telemetry, 'readSamples'>,
  objective: Objective,
  series: Iterable<Series>,
  end: number,
): Promise<BudgetRead> {
  const { requests, errors } = countersOf(series, objective.service);
  if (requests.length === 0) return { trouble: 'no series counts its requests' };
  if (errors.length === 0) return { trouble: 'no series counts its failures' };
  const hour = end - (end % hourMilliseconds);
  const long = {
    from: hour - hoursCounted(objective) * hourMilliseconds,
    to: hour,
    periodMilliseconds: hourMilliseconds,
  };
  const short = { from: end - recentHours * hourMilliseconds, to: end, periodMilliseconds: recentMilliseconds };
  const all = [...requests, ...errors];
  const read = ({ from, to, periodMilliseconds }: typeof long) =>
    telemetry.readSamples({ series: all, from, to, periodSeconds: periodMilliseconds / 1000 });
  const [ofHours, ofMinutes] = await Promise.all([read(long), read(short)]);
  if (all.some(({ id }) => !ofHours.has(id) || !ofMinutes.has(id))) {
    return { trouble: 'its requests and failures could not be read' };
  }
  const samplesOf = (samples: SamplesBySeries) => ({
    requests: requests.flatMap(({ id }) => samples.get(id) ?? []),
    errors: errors.flatMap(({ id }) => samples.get(id) ?? []),
  });
  const recent = countUp(samplesOf(ofMinutes), short);
  const begun = total(recent.filter(({ at }) => at >= hour));
  const hours = [...countUp(samplesOf(ofHours), long), ...(end > hour ? [{ at: hour, ...begun }] : [])];
  const first = hours.findIndex((count) => count.requests > 0);
  return { budget: { objective, end, hours: first < 0 ? [] : hours.slice(first), recent } };
}
