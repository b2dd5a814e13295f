export type Share = {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  /** Wilson's interval of 95% for the share. */
  readonly low: number;
  readonly high: number;
};

const z = 1.96;

/** `of` of 0 gives a share of 0 in an interval that says nothing, 0 to 1. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 };
  const share = count / of;
  const centre = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  return { count, of, share, low: Math.max(0, (centre - reach) / whole), high: Math.min(1, (centre + reach) / whole) };
}

/**
 * Upper end of the exact (Garwood) interval of 95% for the mean of a Poisson
 * count: the largest mean that gives so few with a chance of 2.5%.
 */
export function mostExpected(count: number): number {
  let low = count;
  let high = count + 10 + 10 * Math.sqrt(count);
  for (let step = 0; step < 60; step += 1) {
    const mean = (low + high) / 2;
    if (chanceOfAtMost(count, mean) > 0.025) low = mean;
    else high = mean;
  }
  return high;
}

function chanceOfAtMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let k = 1; k <= count; k += 1) {
    term *= mean / k;
    sum += term;
  }
  return sum;
}
