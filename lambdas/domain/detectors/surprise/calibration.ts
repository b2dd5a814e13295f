/**
 * What the operator sets: how many false alarms a metric may raise in a month (30 days). The level that keeps to it was
 * measured on quiet series, see docs/benchmarks.md: three a month at 6, and ten times fewer with every 0.9 more.
 */
export const defaultFalseAlarmsPerMonth = 1;

const levelAtThree = 6;
const levelPerDecade = 0.9;

/** The level from which on a sample alarms. */
export function thresholdFor(falseAlarmsPerMonth: number): number {
  if (!(falseAlarmsPerMonth > 0 && Number.isFinite(falseAlarmsPerMonth))) {
    throw new RangeError('falseAlarmsPerMonth must be a positive number');
  }
  return levelAtThree + levelPerDecade * Math.log10(3 / falseAlarmsPerMonth);
}

/** How many times rarer a level is than the false alarms that were asked for: 1 at the threshold. */
export function scoreOf(level: number, threshold: number): number {
  return 10 ** ((level - threshold) / levelPerDecade);
}
