import type { LogLevel } from '../log-templates/line-level.ts';

/** How often a service writes one kind of line. Times are starts of periods, epoch milliseconds. */
export type PatternRate = {
  readonly level: LogLevel;
  readonly firstSeen: number;
  lastSeen: number;
  /** Lines lately: a sum that fades over 15 s. */
  recent: number;
  /** Lines a period and their squares: sums that fade over six hours. */
  sum: number;
  squares: number;
  /** The period that the sums are of. */
  at: number;
};

const recentSeconds = 15;
export const patternMemorySeconds = 6 * 3600;
/** The band is so many spreads wide, and no narrower than so many lines: few lines tell nothing, whatever rate they make. */
const widthInSpreads = 3;
const fewLines = 2;

export const newPatternRate = (level: LogLevel, at: number): PatternRate => ({
  level,
  firstSeen: at,
  lastSeen: at,
  recent: 0,
  sum: 0,
  squares: 0,
  at,
});

const fade = (seconds: number, over: number): number => Math.exp(-Math.max(0, seconds) / over);

/**
 * Adds a period's lines and tells how far beyond its own band the rate now is: 0 as usual, 1 at the edge. `periods` is
 * for how many periods the service was watched, faded like the sums. What lies beyond the band is learnt only as far as
 * the band reaches.
 */
export function addPeriod(
  rate: PatternRate,
  lines: number,
  { at, periodSeconds, periods }: { readonly at: number; readonly periodSeconds: number; readonly periods: number },
): number {
  const elapsed = (at - rate.at) / 1000;
  rate.recent = rate.recent * fade(elapsed, recentSeconds) + lines;
  rate.sum *= fade(elapsed, patternMemorySeconds);
  rate.squares *= fade(elapsed, patternMemorySeconds);
  rate.at = at;
  if (lines > 0) rate.lastSeen = at;

  const mean = rate.sum / Math.max(periods, 1);
  const variance = Math.max(rate.squares / Math.max(periods, 1) - mean * mean, mean);
  const kept = fade(periodSeconds, recentSeconds);
  const half = widthInSpreads * Math.sqrt(variance / (1 - kept * kept)) + fewLines;
  const beyond = (rate.recent - mean / (1 - kept)) / half;

  const learnt = Math.min(lines, mean + widthInSpreads * Math.sqrt(variance) + fewLines);
  rate.sum += learnt;
  rate.squares += learnt * learnt;
  return Math.max(0, beyond);
}
