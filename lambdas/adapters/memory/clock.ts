import type { Clock } from '../../ports/clock.ts';

export type ManualClock = Clock & {
  /** Moves time forward by so many seconds. */
  pass(seconds: number): void;
};

/** A clock that stands still until it is told otherwise. `start` is epoch milliseconds. */
export const manualClock = (start: number): ManualClock => {
  let now = start;
  return {
    now: () => now,
    pass: (seconds) => {
      now += seconds * 1000;
    },
  };
};
