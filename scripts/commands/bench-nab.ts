import type { Command } from 'commander';
import { readCorpus } from '../../bench/nab/corpus.ts';
import { defaultDetector, detectors } from '../../bench/nab/detectors.ts';
import { evaluate } from '../../bench/nab/evaluate.ts';
import { meanThreshold, publishedFigures, type Report, renderReport, reportCorpora } from '../../bench/nab/report.ts';
import { pointsPerSecond } from '../../bench/nab/throughput.ts';
import { saveResult } from '../../bench/save-result.ts';
import { wholeNumber } from '../operator/option-values.ts';
import { UserError } from '../user-error.ts';

type Options = {
  readonly corpus: readonly string[];
  readonly detector: string;
  readonly seeds: string;
  readonly json?: boolean;
};

export function register(program: Command): void {
  program
    .command('bench:nab')
    .description('score a metric detector on folders in the layout of the Numenta Anomaly Benchmark')
    .requiredOption('--corpus <folder...>', 'folders with data/ and labels/combined_windows.json')
    .option('--detector <name>', `one of ${Object.keys(detectors).join(', ')}`, defaultDetector)
    .option('--seeds <number>', 'runs of a seeded detector', '5')
    .option('--json', 'print one JSON object')
    .action((options: Options) => {
      const report = measure(options);
      saveResult(options.detector === defaultDetector ? 'nab' : `nab-${options.detector}`, report);
      console.log(options.json === true ? JSON.stringify(publishedFigures(report)) : renderReport(report));
    });
}

function measure(options: Options): Report {
  const detector = Object.hasOwn(detectors, options.detector) ? detectors[options.detector] : undefined;
  if (detector === undefined) {
    throw new UserError(`There is no detector '${options.detector}'; there are ${Object.keys(detectors).join(', ')}.`);
  }
  const wanted = wholeNumber('--seeds', options.seeds, 1, 1000);
  const seeds = detector.seeded ? wanted : 1;
  const corpora = options.corpus.map(readCorpus);
  for (const { name, missing } of corpora)
    if (missing.length > 0) process.stderr.write(`${name}: not in data/, left out: ${missing.join(', ')}\n`);
  const runs = Array.from({ length: seeds }, (_, index) => evaluate(corpora, detector, index + 1));
  return {
    detector: options.detector,
    seeds,
    corpora: reportCorpora(corpora, runs),
    commonThreshold: meanThreshold(runs.map((each) => each.commonThreshold)),
    pointsPerSecond: pointsPerSecond(corpora, detector),
    stateBytes: detector.stateBytes,
  };
}
