import { float, libraryWindows, queuedWindows, scalar, tail, type View, windowLength } from './layout.ts';
import { tailSurprise } from './tail-histogram.ts';

/** Stored windows from which on a distance means something. */
const fewestWindows = 10;
/** Every how many samples a window may be stored. */
const stride = 4;
const novelDistance = 1.5;
/** Share of ordinary windows that is stored all the same. */
const ordinaryShare = 1 / 64;
const distanceRate = 0.01;
const longestDistance = 5;

/** xorshift32; the state is never 0. */
function nextRandom(view: View): number {
  let bits = view.scalars[scalar.random] ?? 1;
  bits ^= bits << 13;
  bits ^= bits >>> 17;
  bits ^= bits << 5;
  view.scalars[scalar.random] = bits >>> 0;
  return (bits >>> 0) / 2 ** 32;
}

function nearestDistance({ floats }: View, stored: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let window = 0; window < stored; window++) {
    const start = float.library + window * windowLength;
    let sum = 0;
    for (let offset = 0; offset < windowLength && sum < nearest; offset++) {
      const difference = (floats[float.recent + offset] ?? 0) - (floats[start + offset] ?? 0);
      sum += difference * difference;
    }
    if (sum < nearest) nearest = sum;
  }
  return Math.sqrt(nearest);
}

/** A window enters the library when two later ones wait behind it, so that it is never compared with itself. */
function enqueue(view: View, stored: number, queued: number): void {
  const { floats, scalars } = view;
  if (queued === queuedWindows) {
    const slot = stored < libraryWindows ? stored : Math.floor(nextRandom(view) * libraryWindows);
    floats.copyWithin(float.library + slot * windowLength, float.queue, float.queue + windowLength);
    floats.copyWithin(float.queue, float.queue + windowLength, float.queue + queuedWindows * windowLength);
    if (stored < libraryWindows) scalars[scalar.novelty] = stored + 1;
  } else scalars[scalar.novelty + 1] = queued + 1;
  const slot = Math.min(queued, queuedWindows - 1);
  floats.copyWithin(float.queue + slot * windowLength, float.recent, float.recent + windowLength);
}

/**
 * Surprise of the last eight samples as a shape: their distance to the nearest of a small library of windows from the
 * series' own past, after the k-nearest-neighbour detector of Burnaev and Ishimtsev (2016).
 */
export function novelty(view: View, value: number, samples: number): number {
  const { floats, scalars } = view;
  for (let at: number = float.recent; at < float.recent + windowLength - 1; at++) floats[at] = floats[at + 1] ?? 0;
  floats[float.recent + windowLength - 1] = value;
  if (samples < windowLength - 1) return 0;
  const stored = scalars[scalar.novelty] ?? 0;
  const mean = scalars[scalar.novelty + 2] ?? 0;
  const distance = stored > 0 ? nearestDistance(view, stored) : 0;
  const surprise = stored >= fewestWindows ? tailSurprise(view, tail.novelty, distance, samples) : 0;
  if (samples % stride === 0) {
    const wanted = stored < libraryWindows || distance >= novelDistance * mean || nextRandom(view) < ordinaryShare;
    if (wanted) enqueue(view, stored, scalars[scalar.novelty + 1] ?? 0);
  }
  if (stored > 0) {
    const limited = mean > 0 ? Math.min(distance, longestDistance * mean) : distance;
    scalars[scalar.novelty + 2] = mean > 0 ? mean + distanceRate * (limited - mean) : distance;
  }
  return surprise;
}
