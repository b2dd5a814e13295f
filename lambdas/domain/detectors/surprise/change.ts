import { scalar, tail, type View } from './layout.ts';
import { rate } from './rate.ts';
import { signedSurprise, tailSurprise } from './tail-histogram.ts';

const shortRate = rate(8);
const longRate = rate(500);
const unlimited = 29;
const warmUp = 16;

export type ChangeSurprise = { change: number; variability: number };

/**
 * Two surprises of how a series moves: that of a single difference, and that of the short-run mean difference against the
 * long-run one, which sees a series grow rough, or fall silent. Written into `out`.
 */
export function changes(view: View, value: number, samples: number, out: ChangeSurprise): void {
  out.change = 0;
  out.variability = 0;
  const { scalars } = view;
  const difference = samples === 0 ? 0 : Math.abs(value - (scalars[scalar.previous] ?? 0));
  const short = (scalars[scalar.change] ?? 0) + shortRate * (difference - (scalars[scalar.change] ?? 0));
  const long = scalars[scalar.change + 1] ?? 0;
  const limited = samples < unlimited ? difference : Math.min(difference, 5 * long);
  scalars[scalar.change] = short;
  scalars[scalar.change + 1] = long + Math.max(longRate, 1 / (samples + 1)) * (limited - long);
  if (samples === 0) return;
  out.change = tailSurprise(view, tail.change, difference, samples);
  if (long > 0 && short > 0 && samples > warmUp) {
    const ratio = Math.log2(short / long);
    out.variability = signedSurprise(view, tail.variabilityAbove, tail.variabilityBelow, ratio, samples);
  }
}
