import type { Clock } from '../../lambdas/ports/clock.ts';

export type FastClock = Clock & { sleep(milliseconds: number): Promise<void> };

/** A clock that runs so many times faster than the real one, and whose waits are so much shorter: what takes minutes is seen in seconds. */
export const fastClock = (factor: number): FastClock => {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * factor,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / factor)),
  };
};
