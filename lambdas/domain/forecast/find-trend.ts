import { fitLine, type Line, type Point } from './fit-line.ts';

/** A stretch that rises steadily up to the newest point. */
export type Trend = {
  readonly line: Line;
  readonly points: readonly Point[];
  /** How far the pace of the first and of the second half are apart: the logarithm of their ratio, 0 upwards. */
  readonly unsteadiness: number;
};

const fewestPoints = 6;
/** Each further stretch is longer by a third. */
const longerBy = 4 / 3;
/** The halves of a steady stretch rise at paces within this factor of each other. */
const steadyFactor = 1.7;

/**
 * The longest stretch of the newest points along which the series rises
 * steadily; null when there is none. A step, however high, is none, since both
 * of its halves are level; nor is what is about to level out.
 */
export function findTrend(points: readonly Point[]): Trend | null {
  let found: Trend | null = null;
  for (let length = fewestPoints; length <= points.length; length = Math.ceil(length * longerBy)) {
    found = steadyTrend(points.slice(-length)) ?? found;
  }
  return found;
}

function steadyTrend(points: readonly Point[]): Trend | null {
  const line = fitLine(points);
  if (line.slope <= 0) return null;
  const middle = Math.floor(points.length / 2);
  const earlier = fitLine(points.slice(0, points.length - middle)).slope;
  const later = fitLine(points.slice(middle)).slope;
  if (earlier <= 0 || later <= 0) return null;
  const unsteadiness = Math.abs(Math.log(later / earlier));
  return unsteadiness <= Math.log(steadyFactor) ? { line, points, unsteadiness } : null;
}
