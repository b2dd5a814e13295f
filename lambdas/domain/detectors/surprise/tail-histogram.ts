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

/** The first magnitude of all is rare, but there is nothing to say whether it is large: part of its rarity counts. */
const firstShare = 0.5;
/** A bin this far below counts for nothing. */
const farBelow = 24;

/** Where a tail keeps its numbers. */
function scalarsOf(which: number): number {
  return scalar.tails + 3 * which;
}

/** Makes room above by shifting all bins down; what falls off the lower end stays in the lowest bin. */
function shiftDown({ counts }: View, first: number, shift: number): void {
  let fallen = 0;
  for (let bin = 0; bin < Math.min(shift, tailBins); bin++) fallen += counts[first + bin] ?? 0;
  for (let bin = 0; bin < tailBins; bin++) {
    counts[first + bin] = bin + shift < tailBins ? (counts[first + bin + shift] ?? 0) : 0;
  }
  counts[first] = Math.min(highestCount, (counts[first] ?? 0) + fallen);
}

/** Half of all that a tail knows goes, so that a series of years still changes its mind. */
function forgetHalf({ counts, scalars }: View, first: number, at: number, samples: number): void {
  let total = 0;
  for (let bin = first; bin < first + tailBins; bin++) {
    counts[bin] = (counts[bin] ?? 0) >> 1;
    total += counts[bin] ?? 0;
  }
  scalars[at + 1] = total;
  const forgotten = scalars[at + 2] ?? 0;
  scalars[at + 2] = forgotten + (samples - forgotten) / 2;
}

function learn(view: View, which: number, logarithm: number, samples: number): void {
  const { counts, scalars } = view;
  const first = count.tails + which * tailBins;
  const at = scalarsOf(which);
  let bin = Math.round(logarithm) - (scalars[at] ?? 0);
  if (bin >= tailBins) {
    const shift = bin - tailBins + 1 + headroom;
    shiftDown(view, first, shift);
    scalars[at] = (scalars[at] ?? 0) + shift;
    bin -= shift;
  }
  const index = first + Math.max(0, bin);
  const learnt = (counts[index] ?? 0) + 1;
  counts[index] = learnt;
  scalars[at + 1] = (scalars[at + 1] ?? 0) + 1;
  if (learnt >= highestCount) forgetHalf(view, first, at, samples);
}

/** Decimal surprise of a magnitude, by its logarithm in bins, against what a tail has seen. */
function judge({ counts, scalars }: View, which: number, logarithm: number, samples: number): number {
  const at = scalarsOf(which);
  const position = logarithm - (scalars[at] ?? 0);
  const bin = position < 0 ? 0 : position >= tailBins ? tailBins - 1 : Math.floor(position);
  const first = count.tails + which * tailBins;
  const here = first + bin;
  const end = first + tailBins;
  let below = 0;
  for (let each = Math.max(first, here - farBelow); each <= here; each++) below = below * 0.5 + (counts[each] ?? 0);
  let above = 0;
  if (bin > tailBins / 2) for (let each = here + 1; each < end; each++) above += counts[each] ?? 0;
  else {
    above = scalars[at + 1] ?? 0;
    for (let each = first; each <= here; each++) above -= counts[each] ?? 0;
  }
  const beyond = position - bin;
  if (beyond > 0) below *= 2 ** -Math.min(beyond, 64);
  const judged = samples - (scalars[at + 2] ?? 0) + 1;
  return Math.max(0, -Math.log10((above + below + unseen) / judged));
}

/**
 * How surprising a magnitude is among those that this tail has seen, then learns it: minus the decimal logarithm of the
 * share of samples that reached it, from a histogram over the logarithm of the magnitude. Beyond what was seen the share
 * halves with every bin. 0 for a magnitude of 0.
 */
export function tailSurprise(view: View, which: number, magnitude: number, samples: number): number {
  if (!(magnitude > 0)) return 0;
  const logarithm = binsPerOctave * Math.log2(magnitude);
  const at = scalarsOf(which);
  let surprise = 0;
  if ((view.scalars[at + 1] ?? 0) === 0) {
    view.scalars[at] = Math.round(logarithm) - middleBin;
    surprise = firstShare * Math.log10(samples + 1);
  } else surprise = judge(view, which, logarithm, samples);
  learn(view, which, logarithm, samples);
  return surprise;
}

/** The same for a residual with a sign: each side has a tail of its own. */
export function signedSurprise(view: View, above: number, below: number, residual: number, samples: number): number {
  return residual > 0 ? tailSurprise(view, above, residual, samples) : tailSurprise(view, below, -residual, samples);
}
