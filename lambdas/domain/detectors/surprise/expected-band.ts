import type { Band } from '../../anomaly/anomaly.ts';
import { envelopeAt } from './envelope.ts';
import { scalar, type View } from './layout.ts';

/** Mean absolute deviations on either side of the centre that hold all but about one normal sample in ten thousand. */
const deviations = 5;
const envelopeDeviations = 3;
const rounding = 1e-9;

/**
 * The values that would not be odd at a time: what earlier days had around this time of day and the usual scatter beside
 * it, or the usual scatter about the centre while there is no earlier day. Not below 0 for a series that never was.
 */
export function expectedBand(view: View, at: number): Band {
  const { scalars } = view;
  if ((scalars[scalar.samples] ?? 0) === 0) return { low: -Number.MAX_VALUE, high: Number.MAX_VALUE };
  const base = scalars[scalar.base] ?? 0;
  const lately = scalars[scalar.spike + 1] ?? 0;
  const known = envelopeAt(view, at);
  const centre = scalars[scalar.shortCentre] ?? 0;
  const scatter = Math.max(scalars[scalar.shortCentre + 1] ?? 0, lately);
  const margin = known === null ? deviations * scatter : envelopeDeviations * lately;
  const bottom = known === null ? centre : base + known.low;
  const top = known === null ? centre : base + known.high;
  const low = bottom - margin - rounding * Math.abs(bottom);
  const lowest = scalars[scalar.lowest] ?? 0;
  return { low: lowest >= 0 ? Math.max(0, low) : low, high: top + margin + rounding * Math.abs(top) };
}
