import type { LogEvidence } from './evidence.ts';

/**
 * How much a pattern rose at onset, 0 (as often as before) to 1 (new, or eight times as often). A line or two may be
 * anybody's; the more there are in the `minutes` since onset, the more they say.
 */
export const riseOfLog = (
  { perMinuteBefore, perMinuteSince }: Pick<LogEvidence, 'perMinuteBefore' | 'perMinuteSince'>,
  minutes: number,
): number => {
  const lines = perMinuteSince * Math.max(minutes, 1 / 60);
  const doublings = Math.log2((perMinuteSince + 0.5) / (perMinuteBefore + 0.5));
  return Math.max(0, Math.min(1, doublings / 3)) * (lines / (lines + 1));
};
