import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../lambdas/ports/clock.ts';

export type BenchClock = Clock & {
  sleep(milliseconds: number): Promise<void>;
  /** How long was waited by now without waiting, milliseconds. */
  skipped(): number;
};

/** Real time in which waits pass at once: a call takes what it takes, and no wait does. */
export const benchClock = (): BenchClock => {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    sleep: async (milliseconds) => {
      skipped += milliseconds;
      await setImmediate();
    },
    skipped: () => skipped,
  };
};
