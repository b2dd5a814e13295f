import type { Profile } from './profiles.ts';
import type { RowValues } from './row-values.ts';

/** A file's anomaly scores beside what a detection at each row is worth. */
export type ScoredFile = { readonly rows: RowValues; readonly scores: Float64Array };

/** Files that are normalised together: 0 is a detector that says nothing, 100 a perfect one. */
export type Group = readonly ScoredFile[];

export function windowsOf(group: Group): number {
  return group.reduce((sum, { rows }) => sum + rows.windowCount, 0);
}

/** What a sum of raw scores is worth from 0 to 100; 0 where there is nothing to find. */
export function normalise(raw: number, windows: number, profile: Profile): number {
  const worst = -profile.falseNegative * windows;
  const perfect = profile.truePositive * windows;
  return windows === 0 ? 0 : (100 * (raw - worst)) / (perfect - worst);
}

/** Weighted sum over one file of all rows whose score is at least the threshold. */
export function rawScoreAt({ rows, scores }: ScoredFile, threshold: number, profile: Profile): number {
  const best = new Float64Array(rows.windowCount).fill(-profile.falseNegative);
  let falsePositives = 0;
  for (let row = rows.firstScored; row < scores.length; row++) {
    if (!((scores[row] ?? 0) >= threshold)) continue;
    const window = rows.window[row] ?? -1;
    const value = rows.value[row] ?? 0;
    if (window < 0) falsePositives += value * profile.falsePositive;
    else best[window] = Math.max(best[window] ?? 0, value * profile.truePositive);
  }
  return best.reduce((sum, value) => sum + value, falsePositives);
}

export function scoreAt(group: Group, threshold: number, profile: Profile): number {
  const raw = group.reduce((sum, file) => sum + rawScoreAt(file, threshold, profile), 0);
  return normalise(raw, windowsOf(group), profile);
}

/** Rows of all groups, by falling score. */
type Ranking = { readonly score: Float64Array; readonly file: Int32Array; readonly row: Int32Array };

function rank(files: readonly ScoredFile[]): Ranking {
  const score: number[] = [];
  const file: number[] = [];
  const row: number[] = [];
  files.forEach(({ rows, scores }, fileNumber) => {
    for (let index = rows.firstScored; index < scores.length; index++) {
      const value = scores[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      score.push(value);
      file.push(fileNumber);
      row.push(index);
    }
  });
  const order = Uint32Array.from(score.keys()).sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));
  return {
    score: Float64Array.from(order, (index) => score[index] ?? 0),
    file: Int32Array.from(order, (index) => file[index] ?? 0),
    row: Int32Array.from(order, (index) => row[index] ?? 0),
  };
}

export type Optimum = { readonly threshold: number; readonly score: number };

/**
 * The threshold at which the mean of the groups' normalised scores is best, and that mean. A threshold is a score that
 * occurred, or infinity when saying nothing is best. One group: the benchmark's own optimisation.
 */
export function bestThreshold(groups: readonly Group[], profile: Profile): Optimum {
  const labelled = groups.filter((group) => windowsOf(group) > 0);
  const files = labelled.flat();
  // Points on the normalised scale that one unit of raw score is worth.
  const unit = labelled.flatMap((group) =>
    group.map(() => 100 / ((profile.truePositive + profile.falseNegative) * windowsOf(group) * labelled.length)),
  );
  const reached = files.map(({ rows }) => new Float64Array(rows.windowCount).fill(-profile.falseNegative));
  const ranking = rank(files);
  let current = 0;
  let best: Optimum = { threshold: Number.POSITIVE_INFINITY, score: 0 };
  for (let index = 0; index < ranking.score.length; index++) {
    const fileNumber = ranking.file[index] ?? 0;
    const row = ranking.row[index] ?? 0;
    const rows = files[fileNumber]?.rows;
    const windows = reached[fileNumber];
    if (rows === undefined || windows === undefined) continue;
    const window = rows.window[row] ?? -1;
    const value = rows.value[row] ?? 0;
    if (window < 0) current += value * profile.falsePositive * (unit[fileNumber] ?? 0);
    else {
      const before = windows[window] ?? 0;
      const after = Math.max(before, value * profile.truePositive);
      windows[window] = after;
      current += (after - before) * (unit[fileNumber] ?? 0);
    }
    const threshold = ranking.score[index] ?? 0;
    if (ranking.score[index + 1] !== threshold && current > best.score) best = { threshold, score: current };
  }
  return best;
}
