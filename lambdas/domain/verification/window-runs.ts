import type { YardstickWindow } from './read-windows.ts';
import type { Verification } from './verification.ts';

/** A level that sits in the noise margin for more than this share of the clean windows is not noise. */
const maximumMarginalShare = 1 / 3;
const isClean = ({ readings }: YardstickWindow): boolean =>
  readings.every(({ state }) => state === 'inside' || state === 'marginal');

/** Clean windows at the end, with none between them that is not. */
export const cleanRun = (windows: readonly YardstickWindow[]): number => {
  const lastUnclean = windows.findLastIndex((window) => !isClean(window));
  return windows.length - 1 - lastUnclean;
};

/**
 * End of the last stretch of so many clean windows; null where there was none. A relapse has to be quiet for long: what
 * disturbs that for a moment is not the act having failed.
 */
export const calmUntil = (windows: readonly YardstickWindow[], stretch: number, period: number): number | null => {
  const last = windows.findLastIndex(
    (_, index) => index + 1 >= stretch && windows.slice(index + 1 - stretch, index + 1).every(isClean),
  );
  const window = windows[last];
  return window === undefined ? null : window.at + period;
};

/** Whether a yardstick stays in the noise margin, which noise does not. */
export const settledInMargin = (windows: readonly YardstickWindow[]): boolean =>
  (windows[0]?.readings ?? []).some(
    (_, index) =>
      windows.filter(({ readings }) => readings[index]?.state === 'marginal').length >
      windows.length * maximumMarginalShare,
  );

/** How much of the newest window nobody could read; null when all was. */
export const unread = (windows: readonly YardstickWindow[]): string | null => {
  const series = windows.at(-1)?.readings.filter(({ state }) => state === 'unread').length ?? 0;
  return series === 0 ? null : `${series} of the yardsticks could not be read`;
};

/** Mean excess over windows and series. */
export const excess = (windows: readonly YardstickWindow[]): number =>
  mean(windows.flatMap(({ readings }) => readings.map((reading) => reading.excess)));

/** True when every series still outside came closer to its band from the last but one stretch to the last. */
export const improving = (windows: readonly YardstickWindow[], stretch: number): boolean => {
  const earlier = windows.slice(-2 * stretch, -stretch);
  const later = windows.slice(-stretch);
  if (earlier.length < stretch) {
    return false;
  }
  const excessOf = (part: readonly YardstickWindow[], index: number) =>
    mean(part.map(({ readings }) => readings[index]?.excess ?? 0));
  return (later[0]?.readings ?? []).every((_, index) => {
    const now = excessOf(later, index);
    return now === 0 || now < 0.97 * excessOf(earlier, index);
  });
};

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the newest window shows outside its bands, or not at all. */
export const outOfBand = (window: YardstickWindow | undefined): Verification['outOfBand'] =>
  (window?.readings ?? [])
    .filter(({ state }) => state === 'outside' || state === 'missing')
    .slice(0, 20)
    .map(({ yardstick, observed, band }) => ({
      series: yardstick.series.id,
      observed,
      low: band.low,
      high: band.high,
    }));
