import { count, scalar, tailBins, type View } from './layout.ts';

/** Bins for each doubling of the magnitude. */
const binsPerOctave = 4;
const middleBin = tailBins / 2;
/** Free bins that are made above a magnitude that falls off the end. */
const headroom = 9;
/** What a magnitude never seen counts as, in samples. */
const unseen = 1e-4;
/** Counts are halved, and half of the samples forgotten, before they outgrow their 16 bits. */
const highestCount = 32_000;

function fallOff(view: View, first: number, shift: number): void {
  let fallen = 0;
  for (let bin = 0; bin < Math.min(shift, tailBins); bin++) fallen += view.counts[first + bin] ?? 0;
  for (let bin = 0; bin < tailBins; bin++) {
    view.counts[first + bin] = bin + shift < tailBins ? (view.counts[first + bin + shift] ?? 0) : 0;
  }
  view.counts[first] = Math.min(highestCount, (view.counts[first] ?? 0) + fallen);
}

function learn(view: View, which: number, first: number, magnitude: number, samples: number): void {
  const offsetAt = scalar.tails + 2 * which;
  let bin = Math.round(magnitude) - (view.scalars[offsetAt] ?? 0);
  if (bin >= tailBins) {
    const shift = bin - tailBins + 1 + headroom;
    fallOff(view, first, shift);
    view.scalars[offsetAt] = (view.scalars[offsetAt] ?? 0) + shift;
    bin -= shift;
  }
  const index = first + Math.max(0, bin);
  const learnt = (view.counts[index] ?? 0) + 1;
  view.counts[index] = learnt;
  if (learnt < highestCount) return;
  for (let each = first; each < first + tailBins; each++) view.counts[each] = (view.counts[each] ?? 0) >> 1;
  const forgotten = view.scalars[offsetAt + 1] ?? 0;
  view.scalars[offsetAt + 1] = forgotten + (samples - forgotten) / 2;
}

/**
 * How surprising a magnitude is among those that this tail has seen, then learns it: minus the decimal logarithm of the
 * share of samples that reached it, from a histogram over the logarithm of the magnitude. Beyond what was seen the share
 * halves with every bin. 0 for a magnitude of 0, and for the first one.
 */
export function tailSurprise(view: View, which: number, magnitude: number, samples: number): number {
  if (!(magnitude > 0)) return 0;
  const logarithm = binsPerOctave * Math.log2(magnitude);
  const first = count.tails + which * tailBins;
  const offsetAt = scalar.tails + 2 * which;
  const counts = view.counts;
  let seen = 0;
  let surprise = 0;
  const position = logarithm - (view.scalars[offsetAt] ?? 0);
  const bin = position < 0 ? 0 : position >= tailBins ? tailBins - 1 : Math.floor(position);
  let below = 0;
  for (let each = first; each <= first + bin; each++) below = below * 0.5 + (counts[each] ?? 0);
  let above = 0;
  for (let each = first + bin + 1; each < first + tailBins; each++) above += counts[each] ?? 0;
  for (let each = first; each <= first + bin && seen === 0; each++) seen = counts[each] ?? 0;
  if (seen === 0 && above === 0) view.scalars[offsetAt] = Math.round(logarithm) - middleBin;
  else {
    const beyond = position - bin;
    if (beyond > 0) below *= 2 ** -Math.min(beyond, 64);
    const judged = samples - (view.scalars[offsetAt + 1] ?? 0);
    surprise = Math.max(0, -Math.log10((above + below + unseen) / (judged + 1)));
  }
  learn(view, which, first, logarithm, samples);
  return surprise;
}

/** The same for a residual with a sign: each side has a tail of its own. */
export function signedSurprise(view: View, above: number, below: number, residual: number, samples: number): number {
  return residual > 0 ? tailSurprise(view, above, residual, samples) : tailSurprise(view, below, -residual, samples);
}
