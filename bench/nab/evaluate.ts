import type { Corpus, CorpusFile } from './corpus.ts';
import type { BenchedDetector } from './detectors.ts';
import { type ProfileName, profiles } from './profiles.ts';
import { rowValues } from './row-values.ts';
import { bestThreshold, type Group, normalise, rawScoreAt, scoreAt, windowsOf } from './sweep.ts';

export type CorpusScores = Record<ProfileName, number> & {
  readonly threshold: number;
  readonly atDefault: number;
  readonly atCommon: number;
  /** Each category at the threshold that is best for all the others, of all corpora. */
  readonly leaveOneCategoryOut: number;
};

export type Evaluation = { readonly commonThreshold: number; readonly corpora: readonly CorpusScores[] };

type JudgedRows = { readonly scores: Float64Array /** 1 where it alarms as shipped. */; readonly alarms: Float64Array };

export function judgeRows(file: CorpusFile, detector: BenchedDetector, seed: number): JudgedRows {
  const run = detector.start(seed);
  const scores = new Float64Array(file.times.length);
  const alarms = new Float64Array(file.times.length);
  for (let row = 0; row < scores.length; row++) {
    const judged = run(file.times[row] ?? 0, file.values[row] ?? Number.NaN);
    scores[row] = judged.raw;
    alarms[row] = judged.alarms ? 1 : 0;
  }
  return { scores, alarms };
}

function leaveOneCategoryOut(corpora: readonly Corpus[], groups: readonly Group[], which: number): number {
  const files = corpora[which]?.files ?? [];
  const group = groups[which] ?? [];
  let raw = 0;
  for (const category of new Set(files.map((file) => file.category))) {
    const isHeldOut = (index: number): boolean => files[index]?.category === category;
    const others = groups.map((each, number) =>
      number === which ? each.filter((_, index) => !isHeldOut(index)) : each,
    );
    const { threshold } = bestThreshold(others, profiles.standard);
    for (const file of group.filter((_, index) => isHeldOut(index)))
      raw += rawScoreAt(file, threshold, profiles.standard);
  }
  return normalise(raw, windowsOf(group), profiles.standard);
}

/** Runs a detector over corpora with one seed and scores it in every way that is reported. */
export function evaluate(corpora: readonly Corpus[], detector: BenchedDetector, seed: number): Evaluation {
  const judged = corpora.map(({ files }) =>
    files.map((file) => ({ rows: rowValues(file), ...judgeRows(file, detector, seed) })),
  );
  const groups: Group[] = judged;
  const shipped: Group[] = judged.map((group) => group.map(({ rows, alarms }) => ({ rows, scores: alarms })));
  const common = bestThreshold(groups, profiles.standard).threshold;
  const scores = groups.map((group, which): CorpusScores => {
    const best = (profile: ProfileName) => bestThreshold([group], profiles[profile]);
    const standard = best('standard');
    return {
      standard: standard.score,
      lowFp: best('lowFp').score,
      lowFn: best('lowFn').score,
      threshold: standard.threshold,
      atDefault: scoreAt(shipped[which] ?? [], 1, profiles.standard),
      atCommon: scoreAt(group, common, profiles.standard),
      leaveOneCategoryOut: leaveOneCategoryOut(corpora, groups, which),
    };
  });
  return { commonThreshold: common, corpora: scores };
}
