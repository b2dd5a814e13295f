import type { Series } from '../signal/series.ts';
import { findTrend, type Trend } from './find-trend.ts';
import { fitLine, type Point } from './fit-line.ts';
import type { Forecast } from './forecast.ts';
import { habitsOf, limitOf } from './limits.ts';
import {
  bucketSeconds,
  firstSeenAt,
  greatestRise,
  readTrend,
  resolutions,
  restartedAt,
  type TrendView,
} from './trend-record.ts';

/** A trend goes on where the newest short buckets climb at this part of its pace at least, and lie no deeper under it than so. */
const goesOn = { pace: 0.5, underRise: 0.25, spreads: 4 } as const;
/** Nothing is foretold further ahead than this. */
const horizonSeconds = 6 * 3600;
/** A trend has come at least this part of the way from where it began to the limit. */
const partOfTheWay = 0.2;
/** What rises so many times more than it usually does within the time is no rhythm of it. */
export const timesUsualRise = 2.5;
/** Or it stands higher than it did for two days, by this part of its usual rise and of the limit. */
const aboveTop = { ofRise: 0.25, ofLimit: 0.02 } as const;
/** What was started anew warms up for a while, which tells nothing unless it leads beyond the usual. */
const warmUpSeconds = 1800;
/** An eighty-per-cent interval of a normal distribution reaches so many standard deviations to either side. */
const eighty = 1.2816;
/** What rhythm and unsteadiness may do are bounds: measured on draws below 5, an error is hardly more than half of them. */
const partOfBounds = 0.5;
/** However steady, a pace may change on the rest of the way; so much a standard deviation, as part of it. */
const paceMayChange = 0.03;
/** What a series usually does may be in step with its trend: so much of its usual rise may be no trend at all. */
const rhythmError = 0.25;

/**
 * When a series will reach its limit, or null where nothing honest can be said:
 * it has no limit, is new, or does not rise steadily beyond what it usually does.
 */
export function forecastBreach(
  record: Float64Array,
  series: Pick<Series, 'id' | 'service' | 'instance' | 'role' | 'metric' | 'limit'>,
  now: number,
  periodSeconds: number,
): Forecast | null {
  const limit = limitOf(series);
  const { acquaintanceMilliseconds, isStored } = habitsOf(series);
  if (limit === null || now - firstSeenAt(record) < acquaintanceMilliseconds) return null;
  for (const resolution of resolutions) {
    const isShort = resolution === 'finest';
    if (isShort && !isStored) continue;
    const seen = isShort ? readShort(record) : readTrend(record, resolution);
    const newest = seen.points.at(-1)?.at ?? 0;
    if (now - newest > 3 * bucketSeconds(resolution, periodSeconds) * 1000 || !mayRise(seen, limit)) continue;
    const trend = findTrend(seen.points);
    if (
      trend === null ||
      !stillRises(trend, isShort ? seen.points : readTrend(record, 'fine').points) ||
      !isUnusual(trend, seen, limit, now - restartedAt(record))
    )
      continue;
    const crossing = crossingOf(trend, seen, limit);
    if (crossing === null || crossing.at <= now || crossing.at - now > horizonSeconds * 1000) continue;
    return {
      series: series.id,
      service: series.service,
      instance: series.instance,
      role: series.role,
      metric: series.metric,
      limit,
      unit: series.limit?.unit,
      level: trend.line.level + (trend.line.slope * (now - newestOf(trend))) / 1000,
      usual: seen.usualTop,
      usualRise: seen.usualRise,
      slope: trend.line.slope,
      since: trend.points[0]?.at ?? now,
      madeAt: now,
      standsSince: now,
      ...crossing,
    };
  }
  return null;
}

const newestOf = ({ points }: Trend): number => points.at(-1)?.at ?? 0;

/** Single periods were seen for an hour or so: what is usual within that time is known better from the longest buckets. */
function readShort(record: Float64Array): TrendView {
  const { points, usualTop, usualRise } = readTrend(record, 'finest');
  const known = readTrend(record, 'coarse');
  return {
    points,
    usualTop: Math.max(usualTop, known.usualTop),
    usualRise: Math.max(usualRise, known.usualRise),
  };
}

/** Spares most series the fit. */
const mayRise = ({ points }: TrendView, limit: number): boolean => {
  const newest = points.at(-1)?.value ?? 0;
  const rise = greatestRise(points);
  return newest < limit && rise >= partOfTheWay * (limit - (newest - rise));
};

/** Long buckets are late to tell that a rise has ended: the short ones must agree. */
function stillRises({ line, points }: Trend, fine: readonly Point[]): boolean {
  const since = fine.filter(({ at }) => at >= (points[0]?.at ?? 0));
  const latest = since.slice(-3);
  if (latest.length < 3) return false;
  const newest = points.at(-1)?.at ?? 0;
  const rise = (line.slope * (newest - (points[0]?.at ?? newest))) / 1000;
  const allowed = goesOn.underRise * rise + goesOn.spreads * line.spread;
  const onCourse = latest.some(({ at, value }) => value >= line.level + (line.slope * (at - newest)) / 1000 - allowed);
  return onCourse && fitLine(since).slope >= goesOn.pace * line.slope;
}

function isUnusual(trend: Trend, { usualTop, usualRise }: TrendView, limit: number, sinceRestart: number): boolean {
  const { level, slope, spread } = trend.line;
  const rise = (slope * (newestOf(trend) - (trend.points[0]?.at ?? 0))) / 1000;
  if (rise < partOfTheWay * (limit - (level - rise))) return false;
  if (level >= usualTop + aboveTop.ofRise * usualRise + aboveTop.ofLimit * limit) return true;
  return sinceRestart >= warmUpSeconds * 1000 && rise >= timesUsualRise * (usualRise + spread);
}

/**
 * Null when the limit is no longer ahead. Errors of slope, level and pace go into the time to go, which is taken
 * for log-normal; the median is later than the line says by what the pick of the first credible moment flatters it.
 */
function crossingOf(
  { line: { slope, level, spread }, points, unsteadiness }: Trend,
  { usualRise }: TrendView,
  limit: number,
): Pick<Forecast, 'at' | 'earliest' | 'latest'> | null {
  const newest = points.at(-1)?.at ?? 0;
  const span = (newest - (points[0]?.at ?? newest)) / 1000;
  const rise = slope * span;
  const slopeError = (spread * Math.sqrt(12 / points.length)) / rise;
  const levelError = (spread * 2) / Math.sqrt(points.length) / (limit - level);
  const measured = Math.hypot(slopeError, levelError, paceMayChange);
  const bounds = Math.hypot(unsteadiness / 4, (rhythmError * usualRise) / rise);
  const seconds = ((limit - level) / slope) * Math.exp(measured ** 2 + bounds ** 2) + minuteMeanLag;
  const factor = Math.exp(eighty * Math.hypot(measured, partOfBounds * bounds));
  const after = (wait: number) => newest + wait * 1000;
  // Where the line is at the limit exactly, there is nothing to weigh its errors against: that is no number, either.
  return seconds > 0
    ? { at: after(seconds), earliest: after(seconds / factor), latest: after(seconds * factor) }
    : null;
}
/** The limit counts as reached when the mean of a minute is at it, half a minute after the line is. */
const minuteMeanLag = 30;
