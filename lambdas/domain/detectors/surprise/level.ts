import { scalar, tail, type View } from './layout.ts';
import { rate } from './rate.ts';
import { learnCentre } from './robust-centre.ts';
import { signedSurprise } from './tail-histogram.ts';

const smoothing = rate(16);
const slowest = rate(2000);

/** Surprise of the short-run mean against the long-run centre: steps and slow rises. */
export function level(view: View, value: number, samples: number): number {
  const { scalars } = view;
  const before = samples === 0 ? value : (scalars[scalar.level] ?? 0);
  const mean = before + smoothing * (value - before);
  scalars[scalar.level] = mean;
  learnCentre(scalars, scalar.longCentre, value, slowest, samples);
  const residual = mean - (scalars[scalar.longCentre] ?? 0);
  return signedSurprise(view, tail.levelAbove, tail.levelBelow, residual, samples);
}
