/** Weight of a new sample in an exponential mean with the given half-life, in samples. */
export function rate(halfLife: number): number {
  return 1 - 2 ** (-1 / halfLife);
}
