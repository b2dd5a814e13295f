/**
 * End of the newest period whose values can be trusted to be complete: aligned
 * to the period, and at least the settling time ago. Epoch milliseconds.
 */
export function closedPeriodsEnd(now: number, periodSeconds: number, settlingSeconds: number): number {
  const period = periodSeconds * 1000;
  return Math.floor((now - settlingSeconds * 1000) / period) * period;
}
