import type { FaultReport, LoopReport, Quantiles } from './report.ts';

/**
 * Median and ninetieth percentile by nearest rank. What never came counts as later than everything that did, so that
 * a loop does not look faster by missing faults; a quantile that falls on such a one is null.
 */
export const quantilesOf = (seconds: readonly (number | null)[]): Quantiles => {
  const sorted = seconds.map((value) => value ?? Number.POSITIVE_INFINITY).toSorted((one, other) => one - other);
  const at = (share: number): number | null => {
    const value = sorted[Math.ceil(share * sorted.length) - 1];
    return value === undefined || value === Number.POSITIVE_INFINITY ? null : value;
  };
  return { median: at(0.5), p90: at(0.9) };
};

export const summarise = (
  faults: readonly FaultReport[],
  figures: Pick<LoopReport, 'falseIncidents' | 'quietSeconds' | 'quietModelCalls' | 'stepSeconds' | 'modelCalls'>,
): LoopReport => ({
  faults,
  detectSeconds: quantilesOf(faults.map((fault) => fault.detectedAfterSeconds)),
  actSeconds: quantilesOf(faults.map((fault) => fault.actedAfterSeconds)),
  resolveSeconds: quantilesOf(faults.map((fault) => fault.resolvedAfterSeconds)),
  ...figures,
});
