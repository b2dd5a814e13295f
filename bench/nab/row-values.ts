import type { CorpusFile } from './corpus.ts';

/**
 * What a detection at each row of a file is worth before weighting, after the Numenta Anomaly Benchmark
 * (Lavin and Ahmad 2015): inside a window up to 1, the earlier the better; after a window falling to -1 with distance.
 */
export type RowValues = {
  /** First row that is scored; the rows before it are probation. */
  readonly firstScored: number;
  /** Number of the window a row lies in, -1 outside. */
  readonly window: Int32Array;
  readonly value: Float64Array;
  /** Windows with at least one scored row. */
  readonly windowCount: number;
};

const probationShare = 0.15;
const longestProbation = 750;

export function probationLength(rows: number): number {
  return Math.min(Math.floor(probationShare * rows), longestProbation);
}

/** S(p) = 2 / (1 + e^(5p)) - 1, and -1 beyond three window lengths (at once behind a window of one row). */
function scaledSigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

type RowRange = { readonly first: number; readonly last: number };

function windowRows({ times, windows }: CorpusFile): RowRange[] {
  const ranges: RowRange[] = [];
  for (const [start, end] of windows) {
    const first = times.findIndex((time) => time >= start);
    const exactEnd = times.indexOf(end);
    const last = exactEnd >= 0 ? exactEnd : times.findLastIndex((time) => time <= end);
    if (first >= 0 && last >= first) ranges.push({ first, last });
  }
  return ranges;
}

export function rowValues(file: CorpusFile): RowValues {
  const rows = file.times.length;
  const firstScored = probationLength(rows);
  const ranges = windowRows(file).filter(({ last }) => last >= firstScored);
  const window = new Int32Array(rows).fill(-1);
  const value = new Float64Array(rows).fill(-1);
  const best = scaledSigmoid(-1);
  ranges.forEach(({ first, last }, number) => {
    const width = last - first + 1;
    for (let row = first; row <= last; row++) {
      window[row] = number;
      value[row] = scaledSigmoid(-(last - row + 1) / width) / best;
    }
    const next = ranges[number + 1]?.first ?? rows;
    for (let row = last + 1; row < next; row++) {
      value[row] = scaledSigmoid((row - last) / (width - 1));
    }
  });
  return { firstScored, window, value, windowCount: ranges.length };
}
