import { coarseness, fineLevel, fineness } from './combine.ts';

/** What the operator sets: how many false alarms a metric may raise in a month (30 days). */
export const defaultFalseAlarmsPerMonth = 1;
/** Beyond these the scale was not measured. */
export const fewestFalseAlarms = 0.1;
export const mostFalseAlarms = 10;

/**
 * How often the alarms of a series with a sample in five minutes reach a level, in a month: measured on quiet days of the simulated
 * shop (`npm run bench:alarms` measures it on others), and in accord with the quiet stretches of real series. Between the
 * points, and beyond them, the logarithm of the rate is a straight line.
 */
const points = [
  { rate: 10, level: 5.35 },
  { rate: 3, level: 6.1 },
  { rate: 1, level: 6.48 },
  { rate: 0.1, level: 7.8 },
] as const;
/** What an hourly series needs more. */
const hourlyLevel = 0.25;

/** Alarms of at least this level that a series raises in a month while nothing is wrong. */
export function falseAlarmsAt(level: number, perDay: number): number {
  const plain = level - hourlyLevel * coarseness(perDay) - fineLevel * fineness(perDay);
  const above = points.findIndex(({ level: each }, index) => index > 0 && plain < each);
  const to = points.at(above) ?? points[3];
  const from = points.at(above === -1 ? -2 : above - 1) ?? points[2];
  const share = (plain - from.level) / (to.level - from.level);
  return from.rate * (to.rate / from.rate) ** share;
}

/** How many times rarer a level is than the false alarms that were asked for: 1 where it begins to alarm. */
export function scoreOf(level: number, falseAlarmsPerMonth: number, perDay: number): number {
  return falseAlarmsPerMonth / falseAlarmsAt(level, perDay);
}
