/** Samples that are taken as they are before the spread is known well enough to limit them. */
const unlimitedCentre = 9;
const unlimitedSpread = 29;

/**
 * Centre and mean absolute deviation that few wild values cannot move: a step is limited to two deviations, a deviation
 * to five. They lie side by side in `values`, from `at`. `samples` is the number seen before.
 */
export function learnCentre(values: Float64Array, at: number, value: number, slowest: number, samples: number): void {
  if (samples === 0) {
    values[at] = value;
    values[at + 1] = 0;
    return;
  }
  const weight = Math.max(slowest, 1 / (samples + 1));
  const centre = values[at] ?? 0;
  const spread = values[at + 1] ?? 0;
  const difference = value - centre;
  const deviation = Math.abs(difference);
  const next = spread + weight * ((samples < unlimitedSpread ? deviation : Math.min(deviation, 5 * spread)) - spread);
  const step = samples < unlimitedCentre ? difference : Math.max(-2 * next, Math.min(2 * next, difference));
  values[at] = centre + weight * step;
  values[at + 1] = next;
}
