/** One statement made with a confidence from 0 to 1, and whether it was right. */
export type Stated = { readonly confidence: number; readonly right: boolean };

/** Mean squared distance of confidence from truth: 0 is perfect, 0.25 is what saying 0.5 always gets (Brier, 1950). */
export const brierScore = (stated: readonly Stated[]): number =>
  stated.length === 0
    ? 0
    : stated.reduce((sum, { confidence, right }) => sum + (confidence - (right ? 1 : 0)) ** 2, 0) / stated.length;

export type ReliabilityRow = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence stated, and the share that was right; null where nothing was stated. */
  readonly stated: number | null;
  readonly right: number | null;
};

const edges = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95] as const;

/** How often statements of about one confidence are right. The last row includes 1. */
export const reliabilityTable = (all: readonly Stated[]): readonly ReliabilityRow[] =>
  edges.map((from, index) => {
    const to = edges[index + 1] ?? 1;
    const here = all.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
    const mean = (value: (each: Stated) => number) =>
      here.length === 0 ? null : here.reduce((sum, each) => sum + value(each), 0) / here.length;
    return {
      from,
      to,
      count: here.length,
      stated: mean(({ confidence }) => confidence),
      right: mean(({ right }) => (right ? 1 : 0)),
    };
  });
