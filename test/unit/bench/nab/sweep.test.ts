import { describe, expect, it } from 'vitest';
import type { CorpusFile } from '../../../../bench/nab/corpus.ts';
import { profiles } from '../../../../bench/nab/profiles.ts';
import { probationLength, rowValues } from '../../../../bench/nab/row-values.ts';
import { bestThreshold, scoreAt } from '../../../../bench/nab/sweep.ts';

/** A file of a row a second with windows given by row. */
function file(rows: number, windows: readonly (readonly [number, number])[]): CorpusFile {
  return {
    name: 'made/file.csv',
    category: 'made',
    times: Float64Array.from({ length: rows }, (_, row) => row * 1000),
    values: new Float64Array(rows),
    windows: windows.map(([first, last]) => [first * 1000, last * 1000] as const),
  };
}

function group(labelled: CorpusFile, detections: Readonly<Record<number, number>>) {
  const scores = new Float64Array(labelled.times.length);
  for (const [row, score] of Object.entries(detections)) scores[Number(row)] = score;
  return [{ rows: rowValues(labelled), scores }];
}

const sigmoid = (position: number) => 2 / (1 + Math.exp(5 * position)) - 1;

describe('the benchmark score', () => {
  const labelled = file(200, [[100, 119]]);

  it('is 0 for silence and 100 for a detection at the start of every window', () => {
    expect(bestThreshold([group(labelled, {})], profiles.standard).score).toBe(0);
    expect(bestThreshold([group(labelled, { 100: 1 })], profiles.standard).score).toBeCloseTo(100, 10);
  });

  it('takes the best detection within a window, by how early it is', () => {
    const late = sigmoid(-(119 - 110 + 1) / 20) / sigmoid(-1);
    const score = scoreAt(group(labelled, { 110: 1, 115: 1 }), 1, profiles.standard);
    expect(score).toBeCloseTo((100 * (late + 1)) / 2, 10);
  });

  it('charges a false alarm in full before any window, and by its distance after one', () => {
    const before = scoreAt(group(labelled, { 100: 1, 50: 1 }), 1, profiles.standard);
    expect(before).toBeCloseTo(100 - 50 * 0.11, 10);
    const after = scoreAt(group(labelled, { 100: 1, 125: 1 }), 1, profiles.lowFp);
    expect(after).toBeCloseTo(100 + 50 * 0.22 * sigmoid(6 / 19), 10);
    const far = scoreAt(group(labelled, { 100: 1, 190: 1 }), 1, profiles.standard);
    expect(far).toBeCloseTo(100 - 50 * 0.11, 10);
  });

  it('charges in full more than three lengths after a window, and right after a window of one row', () => {
    const long = file(400, [[100, 119]]);
    const within = rowValues(long).value[119 + 56] ?? 0;
    expect(within).toBeCloseTo(sigmoid(56 / 19), 10);
    expect(rowValues(long).value[119 + 58]).toBe(-1);
    expect(rowValues(file(200, [[100, 100]])).value[101]).toBe(-1);
  });

  it('counts a miss twice in the low-FN profile', () => {
    const two = file(400, [
      [100, 119],
      [300, 319],
    ]);
    expect(scoreAt(group(two, { 100: 1 }), 1, profiles.standard)).toBeCloseTo(50, 10);
    expect(scoreAt(group(two, { 100: 1 }), 1, profiles.lowFn)).toBeCloseTo(50, 10);
    expect(scoreAt(group(two, { 100: 1, 200: 1 }), 1, profiles.lowFn)).toBeCloseTo((100 * (1 - 0.11 + 2)) / 6, 10);
  });

  it('does not score the probation', () => {
    expect(probationLength(200)).toBe(30);
    expect(probationLength(20_000)).toBe(750);
    expect(scoreAt(group(labelled, { 29: 1, 100: 1 }), 1, profiles.standard)).toBeCloseTo(100, 10);
    expect(scoreAt(group(labelled, { 30: 1, 100: 1 }), 1, profiles.standard)).toBeCloseTo(94.5, 10);
  });

  it('sweeps to the one threshold that is best for all files together', () => {
    const noisy = group(file(200, []), { 150: 0.5 });
    const both = [...group(labelled, { 100: 0.5 }), ...noisy];
    expect(bestThreshold([both], profiles.standard)).toEqual({ threshold: 0.5, score: expect.closeTo(94.5, 10) });
    const apart = [...group(labelled, { 100: 0.6 }), ...noisy];
    expect(bestThreshold([apart], profiles.standard)).toEqual({ threshold: 0.6, score: expect.closeTo(100, 10) });
  });

  it('weighs corpora alike when they share a threshold', () => {
    const quiet = group(labelled, { 100: 0.9 });
    const dense = group(
      file(400, [
        [100, 119],
        [300, 319],
      ]),
      { 100: 0.5, 300: 0.5 },
    );
    expect(bestThreshold([quiet, dense], profiles.standard)).toEqual({
      threshold: 0.5,
      score: expect.closeTo(100, 10),
    });
  });
});
