import { coarseness } from './combine.ts';

/** What the operator sets: how many false alarms a metric may raise in a month (30 days). */
export const defaultFalseAlarmsPerMonth = 1;

/**
 * Measured on series with the heavy tails of real ones, in their quiet stretches: the level that one alarm a month
 * reaches on a fine series, what an hourly one needs more, and what ten times fewer alarms need more. Noise of a plain
 * distribution stays well below.
 */
const levelAtOne = 6.43;
const hourlyLevel = 0.25;
const levelPerDecade = 0.9;

/** The level from which on a sample alarms, of a series with fine sampling. */
export function thresholdFor(falseAlarmsPerMonth: number): number {
  if (!(falseAlarmsPerMonth > 0 && Number.isFinite(falseAlarmsPerMonth))) {
    throw new RangeError('falseAlarmsPerMonth must be a positive number');
  }
  return levelAtOne - levelPerDecade * Math.log10(falseAlarmsPerMonth);
}

/** How many times rarer a level is than the false alarms that were asked for: 1 at the threshold. */
export function scoreOf(level: number, threshold: number, perDay: number): number {
  return 10 ** ((level - threshold - hourlyLevel * coarseness(perDay)) / levelPerDecade);
}
