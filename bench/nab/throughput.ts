import type { Corpus } from './corpus.ts';
import type { BenchedDetector } from './detectors.ts';
import { judgeRows } from './evaluate.ts';

const runs = 5;

/** Points a second of one core's time (not of the clock, so that a busy machine does not change it), median of five. */
export function pointsPerSecond(corpora: readonly Corpus[], detector: BenchedDetector): number {
  const files = corpora.flatMap((corpus) => corpus.files);
  const points = files.reduce((sum, file) => sum + file.times.length, 0);
  const rates: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    for (const file of files) judgeRows(file, detector, 1);
    const { user, system } = process.cpuUsage(start);
    rates.push((points * 1e6) / Math.max(1, user + system));
  }
  rates.sort((a, b) => a - b);
  return Math.round(rates[Math.floor(runs / 2)] ?? 0);
}
