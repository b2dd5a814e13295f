import type { YardstickWindow } from './read-windows.ts';

export const isOut = ({ readings }: YardstickWindow): boolean => readings.some(({ state }) => state === 'outside');

/**
 * Longest run of windows, in windows, without one out of band after the first
 * that was. `untilEnd` counts a run that had not ended: trouble in its quiet
 * phase when the act began has been quiet for at least as long.
 */
export const longestQuietGap = (windows: readonly YardstickWindow[], untilEnd: boolean): number => {
  let longest = 0;
  let sinceOut: number | null = null;
  for (const window of windows) {
    if (isOut(window)) {
      longest = Math.max(longest, sinceOut ?? 0);
      sinceOut = 0;
    } else if (sinceOut !== null) {
      sinceOut += 1;
    }
  }
  return untilEnd ? Math.max(longest, sinceOut ?? 0) : longest;
};
