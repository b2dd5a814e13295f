import { outlook } from '../forecast/burn-pace.ts';
import { type ErrorBudget, horizonOf } from '../forecast/error-budget.ts';
import { fitLine, type Line, quantile } from '../forecast/fit-line.ts';
import type { Forecast } from '../forecast/forecast.ts';
import { timesUsualRise } from '../forecast/forecast-breach.ts';
import { newestCounts } from '../forecast/forecast-budget.ts';
import { limitOf } from '../forecast/limits.ts';
import type { Sample, Series } from '../signal/series.ts';

/**
 * `turned`: the limit is no longer reached within the horizon. `goesOn`: it
 * would be. `unclear`: the samples do not tell yet.
 */
export type TrendState = 'turned' | 'goesOn' | 'unclear';

/** The limit has to be further away than twice the time that the forecast had given, and than half an hour. */
const horizonTimes = 2;
const leastHorizonSeconds = 1800;
/** What was started anew settles first: the newest part of the time since the act counts. */
const newestPart = 0.6;
const fewestSamples = 5;
/** So soon after the act, what is warming up or in the midst of a swing says nothing yet of a trend that goes on. */
const settlingSeconds = 300;
/** Neighbouring samples are alike: so many count as one for the error of a slope. */
const samplesAlike = 6;
/** Half of what the series rises anyway may be in the slope, divided among the swings that were seen whole. */
const rhythmPart = 0.5;
/** A swing goes to either side of the line by this part of what the series rises anyway: noise is none. */
const swingPart = 0.25;

/** So far away, in seconds from now, the limit has to be for a foretold breach to count as averted for now. */
export const horizonAfter = ({ madeAt, at, budget }: Pick<Forecast, 'madeAt' | 'at' | 'budget'>): number =>
  budget === undefined
    ? Math.max(leastHorizonSeconds, (horizonTimes * (at - madeAt)) / 1000)
    : horizonOf(budget.objective) / 1000;

/**
 * Whether an error budget lasts at what has failed since the act: the scan that foretells asks the same of the same
 * counts, so that what is called over here is not foretold there.
 */
export function budgetAfter(budget: ErrorBudget, actedAt: number): TrendState {
  const since = budget.recent.filter(({ at }) => at >= actedAt).slice(-newestCounts);
  return ({ lasts: 'turned', usedUp: 'goesOn', unclear: 'unclear' } as const)[outlook(budget, since)];
}

/**
 * Whether a foretold breach still lies ahead, from samples that began after the
 * act. The error of the slope is that of a least-squares line through noise of
 * the same spread, and no less than what the series does in ordinary times, which
 * bends the line the less the more often it was seen. A level in its usual range
 * has not begun to lead anywhere, whatever its pace: what was started anew warms
 * up. In doubt it is unclear, and one looks on.
 */
export function trendAfter(
  forecast: Forecast,
  series: Pick<Series, 'role' | 'limit'>,
  samples: readonly Sample[],
  actedAt: number,
): TrendState {
  const { usual, usualRise } = forecast;
  const limit = limitOf(series) ?? Number.POSITIVE_INFINITY;
  const since = samples.filter(({ at }) => at >= actedAt);
  const end = since.at(-1)?.at ?? actedAt;
  const newest = since.filter(({ at }) => at >= end - newestPart * (end - actedAt));
  const first = newest[0];
  if (first === undefined || newest.length < fewestSamples) return 'unclear';
  const line = fitLine(thinned(newest));
  const { slope, level, spread } = line;
  const spanSeconds = (end - first.at) / 1000;
  const independent = Math.max(2, newest.length / samplesAlike);
  const rhythm = (rhythmPart * usualRise) / Math.max(1, swings(newest, line, swingPart * usualRise));
  const error = Math.max(spread * Math.sqrt(12 / independent), rhythm) / spanSeconds;
  const horizon = horizonAfter(forecast);
  if (level >= limit) return 'goesOn';
  if (level + (slope + error) * horizon < limit) return 'turned';
  const mayBeRhythm = slope * spanSeconds < timesUsualRise * usualRise;
  if (mayBeRhythm && end - actedAt < settlingSeconds * 1000) return 'unclear';
  const middle = quantile(
    newest.map(({ value }) => value),
    0.5,
  );
  if (middle <= usual) return level + slope * horizon < limit ? 'turned' : 'unclear';
  return level + (slope - error) * horizon >= limit ? 'goesOn' : 'unclear';
}

/** How often the samples went from so far above the line to as far below it. */
function swings(samples: readonly Sample[], { slope, level }: Line, farAside: number): number {
  const end = samples.at(-1)?.at ?? 0;
  let count = 0;
  let isHigh = false;
  for (const { at, value } of samples) {
    const aside = value - level - (slope * (at - end)) / 1000;
    if (aside > farAside) isHigh = true;
    else if (isHigh && aside < -farAside) {
      isHigh = false;
      count += 1;
    }
  }
  return count;
}

const mostPoints = 60;
/** A line needs no more, and its work grows with their square. */
const thinned = (samples: readonly Sample[]): readonly Sample[] => {
  const step = Math.ceil(samples.length / mostPoints);
  return samples.filter((_, index) => (samples.length - 1 - index) % step === 0);
};
