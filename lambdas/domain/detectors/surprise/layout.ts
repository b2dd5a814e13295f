/**
 * Where everything lies in the one Float64Array that is a series' whole memory. Numbers that need it are float64; values
 * are float32, relative to the series' first value so that a small change on a large offset survives; counts are whole
 * numbers of 16 and 8 bits. Counts stay below 32,752 and values finite, so that every float64 of the array is a finite
 * number whatever the parts in it: the array survives any copy, JSON included.
 */
export const stateVersion = 3;
export const stateLength = 512;
/** The version of a state of zeros: one that has seen nothing yet. */
export const unused = 0;

/** Index of each float64. */
export const scalar = {
  version: 0,
  samples: 1,
  lastAt: 2,
  /** What float32 values are relative to. */
  base: 3,
  /** Mean time between samples, milliseconds. */
  interval: 4,
  lowest: 5,
  previous: 6,
  random: 7,
  novelty: 8, // stored windows, queued windows, mean distance
  shortCentre: 11, // centre, spread
  longCentre: 13, // centre, spread
  weekResidual: 15,
  level: 16,
  change: 17, // short and long mean of the absolute difference
  spike: 19, // centre, spread
  quietedTo: 21,
  since: 22,
  inExcursion: 23,
  /** Mean time between the newest samples, milliseconds. */
  newestInterval: 24,
  tails: 25, // offset, number of magnitudes and forgotten samples of each tail
} as const;

export const tailBins = 40;
export const tail = {
  novelty: 0,
  envelopeAbove: 1,
  envelopeBelow: 2,
  weekAbove: 3,
  weekBelow: 4,
  levelAbove: 5,
  levelBelow: 6,
  change: 7,
  variabilityAbove: 8,
  variabilityBelow: 9,
} as const;
const tailCount = 10;

export const windowLength = 8;
export const libraryWindows = 24;
export const queuedWindows = 2;
export const dayBins = 48;
export const weekHours = 168;
export const spikeBins = 24;

const scalars = scalar.tails + 3 * tailCount;

/** Index of each group of float32, counted in float32 from the end of the float64. */
export const float = {
  recent: 0,
  queue: windowLength,
  library: windowLength * (1 + queuedWindows),
  pastHigh: windowLength * (1 + queuedWindows + libraryWindows),
  pastLow: windowLength * (1 + queuedWindows + libraryWindows) + dayBins,
  todayHigh: windowLength * (1 + queuedWindows + libraryWindows) + 2 * dayBins,
  todayLow: windowLength * (1 + queuedWindows + libraryWindows) + 3 * dayBins,
  weekMean: windowLength * (1 + queuedWindows + libraryWindows) + 4 * dayBins,
  spikes: windowLength * (1 + queuedWindows + libraryWindows) + 4 * dayBins + weekHours,
} as const;
const floats = float.spikes + spikeBins;

/** Index of each group of 16-bit counts. */
export const count = { tails: 0, dayOfBin: tailCount * tailBins, pastDays: tailCount * tailBins + dayBins } as const;
const counts = count.pastDays + dayBins;

export type View = {
  readonly scalars: Float64Array;
  readonly floats: Float32Array;
  readonly counts: Uint16Array;
  /** How often each hour of the week was seen, up to the number that its mean needs. */
  readonly weekCounts: Uint8Array;
};

const views = new WeakMap<Float64Array, View>();

/** The parts of a state; kept, as making them costs more than a sample. */
export function viewOf(state: Float64Array): View {
  const known = views.get(state);
  if (known !== undefined) return known;
  const version = state[scalar.version] ?? 0;
  if (state.length !== stateLength || (version !== stateVersion && version !== unused)) {
    throw new RangeError(`a detector state has ${stateLength} numbers and version ${stateVersion}`);
  }
  const floatsAt = state.byteOffset + scalars * 8;
  const countsAt = floatsAt + floats * 4;
  const view: View = {
    scalars: state,
    floats: new Float32Array(state.buffer, floatsAt, floats),
    counts: new Uint16Array(state.buffer, countsAt, counts),
    weekCounts: new Uint8Array(state.buffer, countsAt + counts * 2, weekHours),
  };
  views.set(state, view);
  return view;
}
