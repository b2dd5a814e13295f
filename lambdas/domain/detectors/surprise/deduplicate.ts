import { coarseness } from './combine.ts';
import { scalar, type View } from './layout.ts';

/** What the next alarm must add to the last one, at first. */
const raise = 0.6;
/** How near to that bar a level holds it up. */
const hold = 0.9;
const fewestPerSample = 0.02;
const perDayFall = 4.8;
const heldShare = 0.4;

/**
 * One alarm for one trouble: the level if it tops the bar that the last alarm left, else 0. The bar falls with time, and
 * while the level stays near it hardly or not at all.
 */
export function deduplicate({ scalars }: View, level: number, perDay: number): number {
  let bar = scalars[scalar.quietedTo] ?? 0;
  const fall = Math.max(fewestPerSample, perDayFall / perDay);
  bar -= level > bar - hold ? fall * heldShare * (1 - coarseness(perDay)) : fall;
  const alarm = level > 0 && level > bar;
  scalars[scalar.quietedTo] = alarm ? level + raise : bar;
  return alarm ? level : 0;
}
