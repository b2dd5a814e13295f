import type { BenchedDetector } from './detectors.ts';

/** Weight of a new row: a half-life of about 35. */
const slowest = 0.02;
const threshold = 6;

/**
 * The floor to compare with: distance from an exponential mean in mean absolute deviations, both limited as by Huber, and
 * no de-duplication.
 */
export function createHuberDetector(): BenchedDetector {
  return {
    stateBytes: 3 * Float64Array.BYTES_PER_ELEMENT,
    seeded: false,
    start() {
      let centre = 0;
      let spread = 0;
      let rows = 0;
      return (_at, value) => {
        if (!Number.isFinite(value)) return { raw: 0, alarms: false };
        if (rows === 0) centre = value;
        const residual = value - centre;
        const distance = Math.abs(residual);
        const score = spread > 0 ? distance / spread : 0;
        const weight = Math.max(slowest, 1 / (rows + 1));
        centre += weight * (spread > 0 ? Math.max(-3 * spread, Math.min(3 * spread, residual)) : residual);
        spread += weight * ((spread > 0 ? Math.min(distance, 5 * spread) : distance) - spread);
        rows++;
        return { raw: score, alarms: score >= threshold };
      };
    },
  };
}
