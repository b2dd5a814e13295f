/** A straight line through points: `level` is its value at the newest of them. */
export type Line = {
  /** Units a second. */
  readonly slope: number;
  readonly level: number;
  /** Standard deviation of the points around it, from their median absolute deviation. */
  readonly spread: number;
};

/** One point of a series: epoch milliseconds and a value. */
export type Point = { readonly at: number; readonly value: number };

/**
 * The median of the slopes between all pairs of points (Theil 1950, Sen 1968)
 * and the median of what is left, which up to 29% of wild points do not move.
 * Needs two points at different times.
 */
export function fitLine(points: readonly Point[]): Line {
  const slopes: number[] = [];
  for (let later = 1; later < points.length; later += 1) {
    const end = points[later];
    for (let earlier = 0; earlier < later; earlier += 1) {
      const start = points[earlier];
      if (start !== undefined && end !== undefined)
        slopes.push(((end.value - start.value) / (end.at - start.at)) * 1000);
    }
  }
  const slope = quantile(slopes, 0.5);
  const newest = points.at(-1)?.at ?? 0;
  const heights = points.map(({ at, value }) => value + (slope * (newest - at)) / 1000);
  const level = quantile(heights, 0.5);
  const spread =
    normalSpread *
    quantile(
      heights.map((height) => Math.abs(height - level)),
      0.5,
    );
  return { slope, level, spread };
}

/** Median absolute deviation to standard deviation, for a normal distribution. */
const normalSpread = 1.4826;

/** Linear between the two nearest of the sorted values; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  return low + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? low) - low);
}
