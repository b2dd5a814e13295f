import { fitLine, quantile } from '../forecast/fit-line.ts';
import type { Forecast } from '../forecast/forecast.ts';
import { limitOf } from '../forecast/limits.ts';
import type { Sample, Series } from '../signal/series.ts';

/**
 * `turned`: the limit is no longer reached within the horizon. `goesOn`: it
 * would be. `unclear`: the samples do not tell yet.
 */
export type TrendState = 'turned' | 'goesOn' | 'unclear';

/** It has to hold for twice as long as the forecast had given it, and for half an hour at least. */
const horizonTimes = 2;
const leastHorizonSeconds = 1800;
/** What was started anew settles first: the newest part of the time since the act counts. */
const newestPart = 0.6;
const fewestSamples = 5;
/** A level that fell back to where it usually is has to stay there for so long, without a pace that leads to the limit. */
const settlingSeconds = 300;
/** Neighbouring samples are alike: so many count as one for the error of a slope. */
const samplesAlike = 6;
/** Half of what the series rises anyway may be in the slope. */
const rhythmPart = 0.5;

/**
 * Whether a foretold breach still lies ahead, from samples that began after the
 * act. The error of the slope is that of a least-squares line through noise of
 * the same spread, and no less than what the series does in ordinary times; in doubt it is unclear, and one looks on.
 */
export function trendAfter(
  { madeAt, latest, usual, usualRise }: Forecast,
  { role }: Pick<Series, 'role'>,
  samples: readonly Sample[],
  actedAt: number,
): TrendState {
  const limit = limitOf(role) ?? Number.POSITIVE_INFINITY;
  const since = samples.filter(({ at }) => at >= actedAt);
  const end = since.at(-1)?.at ?? actedAt;
  const newest = since.filter(({ at }) => at >= end - newestPart * (end - actedAt));
  const first = newest[0];
  if (first === undefined || newest.length < fewestSamples) return 'unclear';
  const { slope, level, spread } = fitLine(thinned(newest));
  const spanSeconds = (end - first.at) / 1000;
  const independent = Math.max(2, newest.length / samplesAlike);
  const error = Math.max(spread * Math.sqrt(12 / independent), rhythmPart * usualRise) / spanSeconds;
  const horizon = Math.max(leastHorizonSeconds, (horizonTimes * (latest - madeAt)) / 1000);
  if (level >= limit) return 'goesOn';
  if (level + (slope + error) * horizon < limit) return 'turned';
  // Back where it usually is, what was started anew warms up, and what goes up and down is as likely on its way up.
  const isUsual =
    quantile(
      newest.map(({ value }) => value),
      0.5,
    ) <= usual;
  if (isUsual && end - actedAt < settlingSeconds * 1000) return 'unclear';
  if (isUsual && level + slope * horizon < limit) return 'turned';
  return level + (slope - error) * horizon >= limit ? 'goesOn' : 'unclear';
}

const mostPoints = 60;
/** A line needs no more, and its work grows with their square. */
const thinned = (samples: readonly Sample[]): readonly Sample[] => {
  const step = Math.ceil(samples.length / mostPoints);
  return samples.filter((_, index) => (samples.length - 1 - index) % step === 0);
};
