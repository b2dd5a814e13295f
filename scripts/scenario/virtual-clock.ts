import { setImmediate as nextTurn } from 'node:timers/promises';
import { install } from '@sinonjs/fake-timers';

/** So short that what one timer sets off has happened before the next one is due. */
const stride = 500;

export type VirtualClock = {
  now(): number;
  /** Moves time on to `to`, epoch milliseconds; timers due on the way fire, and what they set off runs. */
  advance(to: number, busy: boolean): Promise<void>;
  /** Lets everything run that waits for no timer. */
  settle(): Promise<void>;
  uninstall(): void;
};

/**
 * Takes over the timers of this thread. Only one can be installed at a time.
 * `start` is epoch milliseconds.
 */
export const installVirtualClock = (start: number): VirtualClock => {
  const clock = install({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const settle = async () => {
    await nextTurn();
  };
  return {
    now: () => clock.now,
    settle,
    advance: async (to, busy) => {
      if (!busy) {
        clock.tick(to - clock.now);
        return;
      }
      while (clock.now < to) {
        clock.tick(Math.min(stride, to - clock.now));
        await settle();
      }
    },
    uninstall: () => clock.uninstall(),
  };
};
