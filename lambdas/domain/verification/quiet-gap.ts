import { oneCauseMilliseconds } from '../incident/choose-root.ts';
import type { YardstickWindow } from './read-windows.ts';

export const isOut = ({ readings }: YardstickWindow): boolean => readings.some(({ state }) => state === 'outside');

/** Trouble that was quiet for longer, in seconds, was over: what came after it is another's, as in correlation. */
export const separateTroubleSeconds = oneCauseMilliseconds / 1000;

/**
 * Longest run of windows, in windows, without one out of band after the first
 * that was; a run of more than `separateWindows` parts two troubles and does not
 * count. `untilEnd` counts a run that had not ended, whatever its length: trouble
 * in its quiet phase when the act began has been quiet for at least as long.
 */
export const longestQuietGap = (
  windows: readonly YardstickWindow[],
  separateWindows: number,
  untilEnd: boolean,
): number => {
  let longest = 0;
  let sinceOut: number | null = null;
  for (const window of windows) {
    if (isOut(window)) {
      if (sinceOut !== null && sinceOut <= separateWindows) longest = Math.max(longest, sinceOut);
      sinceOut = 0;
    } else if (sinceOut !== null) {
      sinceOut += 1;
    }
  }
  return untilEnd ? Math.max(longest, sinceOut ?? 0) : longest;
};
