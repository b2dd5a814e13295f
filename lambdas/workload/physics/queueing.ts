/** Formulas of queueing that the flow of requests rests on. */

/** Waiting time as a multiple of service time. */
export const waitFactor = (utilisation: number, servers: number): number =>
  utilisation ** (Math.sqrt(2 * (servers + 1)) - 1) / (servers * (1 - utilisation));

/** Share of a lognormal latency with this mean and variance that exceeds the limit (logistic approximation). */
export function exceeds(mean: number, variance: number, limit: number): number {
  if (mean <= 0) return 0;
  const spread = Math.log(1 + variance / (mean * mean));
  const z = (Math.log(limit / mean) + spread / 2) / Math.sqrt(Math.max(spread, 0.04));
  return z > 12 ? 0 : 1 / (1 + Math.exp(1.7 * z));
}

export const retryLoad = (failure: number, retries: number): number => {
  let load = 0;
  let chance = 1;
  for (let r = 0; r < retries; r += 1) {
    chance *= failure;
    load += chance;
  }
  return load;
};

/** 95th percentile from mean and variance (one-sided normal quantile, 1.645). */
export const percentile95 = (mean: number, variance: number): number =>
  Math.max(mean, mean + 1.645 * Math.sqrt(Math.max(0, variance)));
