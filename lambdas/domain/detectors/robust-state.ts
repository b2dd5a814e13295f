/** Where the robust detector keeps what, in its one array. Times are epoch milliseconds. */
export const slot = {
  /** Samples learnt since the start or the last relearning. */
  seen: 0,
  /** Samples learnt at the present spacing. */
  seenAtSpacing: 1,
  firstAt: 2,
  lastAt: 3,
  /** Seconds between samples. */
  spacing: 4,
  /** Consecutive samples that came further apart than the spacing. */
  wider: 5,
  level: 6,
  /** Mean absolute deviation from the level, over half an hour and over six hours. */
  nearSpread: 7,
  farSpread: 8,
  /** Gathered evidence of trouble above and below, 0 to 2; 1 alarms. */
  above: 9,
  below: 10,
  /** Start of the present alarm, 0 when there is none. */
  alarmedAt: 11,
} as const;

export const stateLength = Object.keys(slot).length;

export function get(state: Float64Array, index: number): number {
  const value = state[index];
  if (value === undefined) throw new RangeError(`detector state has no slot ${index}`);
  return value;
}

/** The wider of both: a calm hour does not make a nervous band. */
export function spreadOf(state: Float64Array): number {
  return Math.max(get(state, slot.nearSpread), get(state, slot.farSpread));
}
