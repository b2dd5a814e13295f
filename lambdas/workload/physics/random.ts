/**
 * Counter-based randomness: every draw is a hash of (seed, entity, step,
 * purpose). Nothing is consumed, so a fault or an operation never shifts the
 * draws of anything else.
 */

/** Uniform 32-bit integer. All arguments are integers. */
export function hash(seed: number, entity: number, step: number, purpose: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h ^ entity, 0x2c1b3c6d);
  h ^= h >>> 12;
  h = Math.imul(h ^ step, 0x297a2d39);
  h ^= h >>> 15;
  h = Math.imul(h ^ purpose, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

/** Uniform in (0, 1), never 0 or 1. */
export function uniform(seed: number, entity: number, step: number, purpose: number): number {
  return (hash(seed, entity, step, purpose) + 0.5) / 4294967296;
}

/** Uniform in [low, high). */
export function between(
  low: number,
  high: number,
  seed: number,
  entity: number,
  step: number,
  purpose: number,
): number {
  return low + (high - low) * uniform(seed, entity, step, purpose);
}

/** Standard normal (Box and Muller 1958). */
export function normal(seed: number, entity: number, step: number, purpose: number): number {
  const first = hash(seed, entity, step, purpose);
  let second = Math.imul(first ^ 0x5bd1e995, 0x1b873593);
  second ^= second >>> 15;
  second = Math.imul(second, 0xcc9e2d51);
  second ^= second >>> 13;
  const radius = Math.sqrt(-2 * Math.log((first + 0.5) / 4294967296));
  return radius * Math.cos((2 * Math.PI * ((second >>> 0) + 0.5)) / 4294967296);
}

/** Poisson count of the given mean: by inversion when small, by its normal limit above 40. */
export function poisson(mean: number, seed: number, entity: number, step: number, purpose: number): number {
  if (mean <= 0) return 0;
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(seed, entity, step, purpose)));
  const u = uniform(seed, entity, step, purpose);
  let probability = Math.exp(-mean);
  let cumulated = probability;
  let count = 0;
  while (u > cumulated && count < 200) {
    count += 1;
    probability *= mean / count;
    cumulated += probability;
  }
  return count;
}

/** Integer from a string, for entities that have names only (FNV-1a). */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) h = Math.imul(h ^ text.charCodeAt(index), 0x01000193);
  return h >>> 0;
}

/** `digits` hexadecimal digits, as of a commit or a request. */
export function hexadecimal(digits: number, seed: number, entity: number, step: number, purpose: number): string {
  return hash(seed, entity, step, purpose).toString(16).padStart(8, '0').slice(0, digits);
}
