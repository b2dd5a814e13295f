import { parseArgs } from 'node:util';
import { type Corpus, CorpusError, readCorpus } from './nab/corpus.ts';
import { defaultDetector, detectors } from './nab/detectors.ts';
import { evaluate } from './nab/evaluate.ts';
import { meanThreshold, type Report, renderReport, reportCorpora } from './nab/report.ts';
import { pointsPerSecond } from './nab/throughput.ts';
import { saveResult } from './save-result.ts';

const usage = 'usage: bench:nab -- --corpus DIR [--corpus DIR...] [--detector NAME] [--seeds N] [--json]';

class UsageError extends Error {
  override readonly name = 'UsageError';
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        corpus: { type: 'string', multiple: true, default: [] },
        detector: { type: 'string', default: defaultDetector },
        seeds: { type: 'string', default: '5' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message.split('\n')[0] : cause}; ${usage}`, { cause });
  }
}

function run(args: readonly string[]): string {
  const options = readArguments(args);
  if (options.corpus.length === 0) throw new UsageError(`no --corpus given; ${usage}`);
  const detector = detectors[options.detector];
  if (detector === undefined) {
    throw new UsageError(`no detector "${options.detector}"; there are ${Object.keys(detectors).join(', ')}`);
  }
  const wanted = Number(options.seeds);
  if (!Number.isInteger(wanted) || wanted < 1) throw new UsageError('--seeds must be a whole number from 1');
  const seeds = detector.seeded ? wanted : 1;
  const corpora: Corpus[] = options.corpus.map(readCorpus);
  const runs = Array.from({ length: seeds }, (_, index) => evaluate(corpora, detector, index + 1));
  const report: Report = {
    detector: options.detector,
    seeds,
    corpora: reportCorpora(corpora, runs),
    commonThreshold: meanThreshold(runs.map((each) => each.commonThreshold)),
    pointsPerSecond: pointsPerSecond(corpora, detector),
    stateBytes: detector.stateBytes,
  };
  saveResult('nab', report);
  return options.json ? JSON.stringify(report) : renderReport(report);
}

try {
  console.log(run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CorpusError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
