import { float, scalar, spikeBins, type View } from './layout.ts';

const slowest = 0.02;
/** Beyond this a spike is a spike: on a series that is nearly always 0 the spread says nothing. */
const highest = 8;
const binsPerOctave = 4;
/** Times a height must have been seen before it loses its surprise by one hundredfold. */
const habit = 30;
const silent = -1;

/** Score of a value against the last fifty or so: high when far out by their deviation, less when that is common. */
export function spikes(view: View, value: number, samples: number): number {
  const { scalars, floats } = view;
  const centre = samples === 0 ? value : (scalars[scalar.spike] ?? 0);
  const spread = scalars[scalar.spike + 1] ?? 0;
  const residual = value - centre;
  const distance = Math.abs(residual);
  const height = spread > 0 ? Math.min(distance / spread, highest) : distance > 0 ? highest : 0;
  let score = silent;
  if (height > 0) {
    const bin = Math.max(0, Math.min(spikeBins - 1, Math.floor(binsPerOctave * Math.log2(height)) + spikeBins / 2));
    let seen = 0;
    for (let each = bin; each < spikeBins; each++) seen += floats[float.spikes + each] ?? 0;
    score = 4 * Math.log10(1 + height) - 1 - 2 * Math.log10(1 + seen / habit);
    floats[float.spikes + bin] = (floats[float.spikes + bin] ?? 0) + 1;
  }
  const weight = Math.max(slowest, 1 / (samples + 1));
  const step = spread > 0 ? Math.max(-3 * spread, Math.min(3 * spread, residual)) : residual;
  const deviation = spread > 0 ? Math.min(distance, 5 * spread) : distance;
  scalars[scalar.spike] = centre + weight * step;
  scalars[scalar.spike + 1] = spread + weight * (deviation - spread);
  return score;
}
