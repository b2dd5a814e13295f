import { coreSeconds, median } from '../core-time.ts';
import type { Corpus } from './corpus.ts';
import type { BenchedDetector } from './detectors.ts';
import { judgeRows } from './evaluate.ts';

const runs = 5;

/** Points a second on one core, median of five runs over all files. */
export function pointsPerSecond(corpora: readonly Corpus[], detector: BenchedDetector): number {
  const files = corpora.flatMap((corpus) => corpus.files);
  const points = files.reduce((sum, file) => sum + file.times.length, 0);
  const rates = Array.from(
    { length: runs },
    () =>
      points /
      coreSeconds(() => {
        for (const file of files) judgeRows(file, detector, 1);
      }),
  );
  return Math.round(median(rates));
}
