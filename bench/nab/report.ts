import type { Corpus } from './corpus.ts';
import type { CorpusScores, Evaluation } from './evaluate.ts';

type Figure = Exclude<keyof CorpusScores, 'threshold'>;
const figures: readonly Figure[] = ['standard', 'lowFp', 'lowFn', 'atDefault', 'atCommon', 'leaveOneCategoryOut'];

export type CorpusReport = Record<Figure, number> & {
  readonly corpus: string;
  readonly files: number;
  /** The best threshold on the detector's raw scale; null when saying nothing is best. */
  readonly threshold: number | null;
  /** The standard score of each seed. */
  readonly bySeed: readonly number[];
};

export type Report = {
  readonly detector: string;
  readonly seeds: number;
  readonly corpora: readonly CorpusReport[];
  readonly commonThreshold: number | null;
  readonly pointsPerSecond: number;
  readonly stateBytes: number;
};

const round = (value: number): number => Math.round(value * 100) / 100;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export function meanThreshold(values: readonly number[]): number | null {
  const average = mean(values);
  return Number.isFinite(average) ? Number(average.toPrecision(4)) : null;
}

export function reportCorpora(corpora: readonly Corpus[], runs: readonly Evaluation[]): CorpusReport[] {
  return corpora.map((corpus, which) => {
    const scores = runs.flatMap((run) => run.corpora[which] ?? []);
    const average = (figure: Figure): number => round(mean(scores.map((score) => score[figure])));
    return {
      corpus: corpus.name,
      files: corpus.files.length,
      standard: average('standard'),
      lowFp: average('lowFp'),
      lowFn: average('lowFn'),
      atDefault: average('atDefault'),
      atCommon: average('atCommon'),
      leaveOneCategoryOut: average('leaveOneCategoryOut'),
      threshold: meanThreshold(scores.map((score) => score.threshold)),
      bySeed: scores.map((score) => round(score.standard)),
    };
  });
}

const headings: Readonly<Record<Figure, string>> = {
  standard: 'standard',
  lowFp: 'low FP',
  lowFn: 'low FN',
  atDefault: 'at default',
  atCommon: 'one threshold',
  leaveOneCategoryOut: 'left out',
};

/** What `--json` prints: the figures that other detectors publish too. The file in bench/results has all of them. */
export function publishedFigures({ corpora, pointsPerSecond, stateBytes }: Report) {
  return {
    corpora: corpora.map(({ corpus, files, standard, lowFp, lowFn, atDefault }) => ({
      corpus,
      files,
      standard,
      lowFp,
      lowFn,
      atDefault,
    })),
    pointsPerSecond,
    stateBytes,
  };
}

/** The report as a table for people. */
export function renderReport(report: Report): string {
  const lines = [`${report.detector}, mean of ${report.seeds} seed${report.seeds === 1 ? '' : 's'}`];
  lines.push(
    ['corpus'.padEnd(16), 'files', ...figures.map((name) => headings[name].padStart(13)), '  by seed'].join(' '),
  );
  for (const corpus of report.corpora) {
    const cells = figures.map((name) => corpus[name].toFixed(1).padStart(13));
    const seeds = `  ${corpus.bySeed.map((score) => score.toFixed(1)).join(' ')}`;
    lines.push([corpus.corpus.padEnd(16), String(corpus.files).padStart(5), ...cells, seeds].join(' '));
  }
  lines.push(
    `${report.pointsPerSecond.toLocaleString('en')} points/s on one core, ${report.stateBytes} bytes of state a metric`,
  );
  return lines.join('\n');
}
