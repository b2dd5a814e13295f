import { scanStatus } from '../../lambdas/domain/anomaly/overview.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { DetectorState } from '../../lambdas/ports/detector-state.ts';
import { UserError } from '../user-error.ts';
import { savedOverview } from './saved-overview.ts';

/** What detection knew after a pass that began at `scannedAt`, epoch milliseconds. */
export type Knowledge = { readonly scannedAt: number; readonly series: number; readonly learning: number };

/** New instances are always being learnt; with at most this share of series in that state, detection knows its workload. */
const learningShare = 0.1;

type Sources = {
  readonly clock: Clock;
  readonly detectorState: Pick<DetectorState, 'load'>;
  readonly pause: (milliseconds: number) => Promise<void>;
};

/** Waits until two passes in a row know the same series and what is normal for them. A UserError after `limitSeconds`. */
export const awaitLearned = async (
  from: Sources,
  limitSeconds: number,
  say: (line: string) => void,
): Promise<Knowledge> => {
  const begun = from.clock.now();
  let before: Knowledge | null = null;
  while (from.clock.now() < begun + limitSeconds * 1000) {
    const known = await readKnowledge(from.detectorState, begun);
    if (known !== null && known.scannedAt !== before?.scannedAt) {
      // A workload that has just begun to speak is heard series by series.
      if (isEnough(known) && known.series === before?.series) return known;
      before = known;
    }
    say(known === null || known.series === 0 ? 'waiting for the first scan' : told(known));
    await from.pause(1000);
  }
  throw new UserError(
    `Detection did not learn what is normal within ${limitSeconds} s: npm run logs -- detect-anomalies`,
  );
};

const isEnough = ({ series, learning }: Knowledge): boolean => series > 0 && learning <= learningShare * series;

const told = ({ series, learning }: Knowledge): string => `${series - learning} of ${series} series known`;

/** Null while no pass has begun since. */
const readKnowledge = async (detectorState: Pick<DetectorState, 'load'>, since: number): Promise<Knowledge | null> => {
  const overview = await savedOverview(detectorState);
  return overview === null || overview.scannedAt < since ? null : scanStatus(overview);
};
