import { parseArgs } from 'node:util';
import { InputError, parseOrExplain, runBenchmark } from './command-line.ts';
import { readCorpus } from './nab/corpus.ts';
import { defaultDetector, detectors } from './nab/detectors.ts';
import { evaluate } from './nab/evaluate.ts';
import { meanThreshold, type Report, renderReport, reportCorpora } from './nab/report.ts';
import { pointsPerSecond } from './nab/throughput.ts';
import { saveResult } from './save-result.ts';

const usage = 'usage: bench:nab -- --corpus DIR [--corpus DIR...] [--detector NAME] [--seeds N] [--json]';

function readArguments(args: readonly string[]) {
  const options = {
    corpus: { type: 'string', multiple: true, default: [] as string[] },
    detector: { type: 'string', default: defaultDetector },
    seeds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  } as const;
  return parseOrExplain(() => parseArgs({ args: [...args], options }).values, usage);
}

runBenchmark((args) => {
  const options = readArguments(args);
  if (options.corpus.length === 0) throw new InputError(`no --corpus given; ${usage}`);
  const detector = detectors[options.detector];
  if (detector === undefined) {
    throw new InputError(`no detector "${options.detector}"; there are ${Object.keys(detectors).join(', ')}`);
  }
  const wanted = Number(options.seeds);
  if (!Number.isInteger(wanted) || wanted < 1) throw new InputError('--seeds must be a whole number from 1');
  const seeds = detector.seeded ? wanted : 1;
  const corpora = options.corpus.map(readCorpus);
  const runs = Array.from({ length: seeds }, (_, index) => evaluate(corpora, detector, index + 1));
  const report: Report = {
    detector: options.detector,
    seeds,
    corpora: reportCorpora(corpora, runs),
    commonThreshold: meanThreshold(runs.map((each) => each.commonThreshold)),
    pointsPerSecond: pointsPerSecond(corpora, detector),
    stateBytes: detector.stateBytes,
  };
  saveResult(options.detector === defaultDetector ? 'nab' : `nab-${options.detector}`, report);
  return options.json ? JSON.stringify(report) : renderReport(report);
});
