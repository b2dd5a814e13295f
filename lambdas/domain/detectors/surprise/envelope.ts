import { count, dayBins, float, scalar, tail, type View } from './layout.ts';
import { signedSurprise } from './tail-histogram.ts';

const dayLength = 86_400_000;
const binLength = dayLength / dayBins;
/** Days are numbered 1 to this and begin again; 0 means never. */
const dayNumbers = 32_000;
const shrinkPerDay = 0.03;
const reach = 2;

export function dayNumber(at: number): number {
  const day = Math.floor(at / dayLength) % dayNumbers;
  return (day < 0 ? day + dayNumbers : day) + 1;
}

export function binOfDay(at: number): number {
  const bin = Math.floor(at / binLength) % dayBins;
  return bin < 0 ? bin + dayBins : bin;
}

/** What was yesterday's in a bin goes into the past, which leans a little towards the centre each day. */
function mergeIntoPast({ floats, counts, scalars }: View, bin: number): void {
  const known = (counts[count.pastDays + bin] ?? 0) > 0;
  const todayHigh = floats[float.todayHigh + bin] ?? 0;
  const todayLow = floats[float.todayLow + bin] ?? 0;
  const high = known ? Math.max(floats[float.pastHigh + bin] ?? 0, todayHigh) : todayHigh;
  const low = known ? Math.min(floats[float.pastLow + bin] ?? 0, todayLow) : todayLow;
  const centre = (scalars[scalar.shortCentre] ?? 0) - (scalars[scalar.base] ?? 0);
  floats[float.pastHigh + bin] = high + shrinkPerDay * (centre - high) + 0;
  floats[float.pastLow + bin] = low + shrinkPerDay * (centre - low) + 0;
  counts[count.pastDays + bin] = 1;
}

/** Highest and lowest of the bins around a time of day on earlier days, relative to the base; null when unknown. */
export function envelopeAt({ floats, counts }: View, at: number): { high: number; low: number } | null {
  const day = dayNumber(at);
  const centre = binOfDay(at);
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  for (let step = -reach; step <= reach; step++) {
    const bin = (centre + step + dayBins) % dayBins;
    if ((counts[count.pastDays + bin] ?? 0) > 0) {
      high = Math.max(high, floats[float.pastHigh + bin] ?? 0);
      low = Math.min(low, floats[float.pastLow + bin] ?? 0);
    }
    const seen = counts[count.dayOfBin + bin] ?? 0;
    if (seen !== 0 && seen !== day) {
      high = Math.max(high, floats[float.todayHigh + bin] ?? 0);
      low = Math.min(low, floats[float.todayLow + bin] ?? 0);
    }
  }
  return high >= low ? { high, low } : null;
}

/** Surprise of a value outside of what earlier days had at this time of day. `value` is relative to the base. */
export function envelope(view: View, at: number, value: number, samples: number): number {
  const { floats, counts } = view;
  const day = dayNumber(at);
  const bin = binOfDay(at);
  const seen = counts[count.dayOfBin + bin] ?? 0;
  if (seen !== day) {
    if (seen !== 0) mergeIntoPast(view, bin);
    counts[count.dayOfBin + bin] = day;
    floats[float.todayHigh + bin] = value;
    floats[float.todayLow + bin] = value;
  }
  const known = envelopeAt(view, at);
  let surprise = 0;
  if (known !== null) {
    const residual = value > known.high ? value - known.high : value < known.low ? value - known.low : 0;
    surprise = signedSurprise(view, tail.envelopeAbove, tail.envelopeBelow, residual, samples);
  }
  if (value > (floats[float.todayHigh + bin] ?? 0)) floats[float.todayHigh + bin] = value;
  if (value < (floats[float.todayLow + bin] ?? 0)) floats[float.todayLow + bin] = value;
  return surprise;
}
