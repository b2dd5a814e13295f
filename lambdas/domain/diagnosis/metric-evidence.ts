import { median } from 'simple-statistics';
import type { Band } from '../anomaly/anomaly.ts';
import { toleranceOf } from '../detectors/role-tolerance.ts';
import { hasLimit } from '../incident/symptom.ts';
import type { Sample, Series } from '../signal/series.ts';
import type { MetricEvidence } from './evidence.ts';

const tenMinutes = 600_000;
/** Samples kept of a window; of one that stayed in its band a sketch is enough. */
const maximumWindow = 120;
const maximumQuietWindow = 24;

export type MetricWindow = {
  readonly series: Series;
  /** Oldest first, from before onset to `to`. */
  readonly samples: readonly Sample[];
  /** The frozen band at onset; null where the series has none, and the stretch before onset stands for it. */
  readonly band: Band | null;
  /** Its trend leads to a limit: it counts as risen before it has left any band. */
  readonly foretold: boolean;
  readonly onset: number;
  readonly to: number;
  readonly periodSeconds: number;
};

/** Describes one series around onset; null where it has nothing before and nothing after. */
export const describeMetric = (window: MetricWindow): Omit<MetricEvidence, 'id'> | null => {
  const before = window.samples.filter(({ at }) => at < window.onset && at >= window.onset - tenMinutes);
  const since = window.samples.filter(({ at }) => at >= window.onset && at < window.to);
  if (before.length + since.length === 0) {
    return null;
  }
  const own = bandBefore(window, since);
  const expected = Math.floor((window.to - window.onset) / (window.periodSeconds * 1000));
  const newestThird = window.to - (window.to - window.onset) / 3;
  const newest = since.filter(({ at }) => at + window.periodSeconds * 1000 > newestThird);
  const { series } = window;
  const silent = since.length === 0 && expected >= 3;
  const frozen = window.band === null || window.foretold ? null : directionOf(since, window.band);
  const band = frozen !== null && window.band !== null ? window.band : own;
  const direction = silent ? 'missing' : (frozen ?? directionOf(since, own));
  const outside = since.filter(({ value }) => (direction === 'above' ? value > band.high : value < band.low));
  return {
    type: 'metric',
    service: series.service,
    instance: series.instance,
    metric: series.metric,
    role: series.role,
    direction,
    band: { low: round(band.low), high: round(band.high) },
    before: mean(before),
    now: mean(newest),
    peak: peakOf(since, direction),
    ...(window.foretold ? { foretold: true as const } : {}),
    onset: direction === null ? null : direction === 'missing' ? window.onset : (outside[0]?.at ?? null),
    slopePerMinute: slopePerMinute(since),
    window: thin(shown(window), direction === null ? maximumQuietWindow : maximumWindow).map(({ at, value }) => [
      at,
      round(value),
    ]),
  };
};

/** Of what was foretold the rise itself, after so much of its length that was level. */
const shown = ({ samples, foretold, onset, to }: MetricWindow): readonly Sample[] =>
  foretold ? samples.filter(({ at }) => at >= onset - levelPart * (to - onset)) : samples;
const levelPart = 0.6;
/** The band of what was foretold, in robust standard deviations. */
const foretoldDeviations = 2;

/**
 * What the stretch before onset leads to expect: its median and six robust standard deviations, never
 * narrower than half of what an alarm tolerates, nor than four standard deviations of a count. What has a
 * limit may have crept up for long before it hurt, so there the earliest third of the stretch counts.
 */
const bandBefore = (
  { series, samples, foretold, onset, periodSeconds }: MetricWindow,
  since: readonly Sample[],
): Band => {
  const before = samples.filter(({ at }) => at < onset);
  const stretch =
    hasLimit(series.role) || series.limit !== undefined ? before.slice(0, Math.ceil(before.length / 3)) : before;
  const values = (stretch.length > 0 ? stretch : since).map(({ value }) => value);
  if (values.length === 0) {
    return { low: 0, high: 0 };
  }
  const centre = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - centre)));
  if (foretold) return { low: centre - foretoldDeviations * deviation, high: centre + foretoldDeviations * deviation };
  const { relative, absolute } = toleranceOf[series.role];
  const half = Math.max(
    6 * deviation,
    (Math.abs(centre) * relative) / 2,
    absolute / 2,
    isCounted(series) ? 4 * countDeviation(centre, periodSeconds) : 0,
  );
  return { low: centre - half, high: centre + half };
};

const isCounted = ({ statistic }: Series): boolean => statistic === 'Sum' || statistic === 'SampleCount';

/** Standard deviation of a Poisson count, as a rate per minute; a count of nothing is held for one of one. */
const countDeviation = (perMinute: number, periodSeconds: number): number => {
  const one = 60 / periodSeconds;
  return Math.sqrt(Math.max(Math.abs(perMinute), one) * one);
};

/** Out of band when two samples in a row, or a third of all, lie on one side. */
const directionOf = (since: readonly Sample[], band: Band): MetricEvidence['direction'] => {
  const above = since.map(({ value }) => value > band.high);
  const below = since.map(({ value }) => value < band.low);
  const sustained = (out: readonly boolean[]) =>
    out.some((each, index) => each && out[index + 1] === true) ||
    (out.length > 0 && out.filter((each) => each).length / out.length > 1 / 3);
  const isAbove = sustained(above);
  const isBelow = sustained(below);
  if (isAbove && isBelow) {
    return above.filter(Boolean).length >= below.filter(Boolean).length ? 'above' : 'below';
  }
  return isAbove ? 'above' : isBelow ? 'below' : null;
};

const peakOf = (since: readonly Sample[], direction: MetricEvidence['direction']): number | null => {
  if (since.length === 0) {
    return null;
  }
  const values = since.map(({ value }) => value);
  return round(direction === 'below' ? Math.min(...values) : Math.max(...values));
};

/** Theil-Sen: the median slope over pairs, so that single spikes do not bend it. */
const slopePerMinute = (samples: readonly Sample[]): number | null => {
  const points = thin(samples, maximumWindow).slice(-60);
  if (points.length < 3) {
    return null;
  }
  const slopes = points.flatMap((left, index) =>
    points
      .slice(index + 1)
      .map((right) => (right.value - left.value) / ((right.at - left.at) / 60_000))
      .filter(Number.isFinite),
  );
  return slopes.length === 0 ? null : round(median(slopes));
};

/** At most so many samples, neighbours averaged. */
const thin = (samples: readonly Sample[], most: number): readonly Sample[] => {
  const each = Math.ceil(samples.length / most);
  if (each <= 1) {
    return samples;
  }
  const thinned: Sample[] = [];
  for (let index = 0; index < samples.length; index += each) {
    const part = samples.slice(index, index + each);
    const first = part[0];
    const average = mean(part);
    if (first !== undefined && average !== null) {
      thinned.push({ at: first.at, value: average });
    }
  }
  return thinned;
};

const mean = (samples: readonly Sample[]): number | null =>
  samples.length === 0 ? null : round(samples.reduce((sum, { value }) => sum + value, 0) / samples.length);

/** Five significant digits are more than any judgement here needs. */
const round = (value: number): number => Number(value.toPrecision(5));
