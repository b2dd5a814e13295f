import { float, scalar, tail, type View, weekHours } from './layout.ts';
import { rate } from './rate.ts';
import { signedSurprise } from './tail-histogram.ts';

const hourLength = 3_600_000;
const slowest = 0.1;
const mostCounted = 10;
const smoothing = rate(8);

export function hourOfWeek(at: number): number {
  const hour = Math.floor(at / hourLength) % weekHours;
  return hour < 0 ? hour + weekHours : hour;
}

/** Surprise of the smoothed distance to what this hour of the week has on average. */
export function week(view: View, at: number, value: number, samples: number): number {
  const { floats, scalars, weekCounts } = view;
  const hour = hourOfWeek(at);
  const seen = weekCounts[hour] ?? 0;
  const mean = floats[float.weekMean + hour] ?? 0;
  const residual = scalars[scalar.weekResidual] ?? 0;
  const next = residual + smoothing * ((seen === 0 ? 0 : value - mean) - residual);
  scalars[scalar.weekResidual] = next;
  const surprise = signedSurprise(view, tail.weekAbove, tail.weekBelow, next, samples);
  const counted = Math.min(seen + 1, mostCounted);
  weekCounts[hour] = counted;
  floats[float.weekMean + hour] = mean + Math.max(slowest, 1 / counted) * (value - mean) + 0;
  return surprise;
}
