import type { DetectAnomalies, DetectionSettings, PassResult } from './detect-anomalies.ts';
import type { Scanner } from './take-scan-lease.ts';

/** Passes begin so long after the settling time, so that the newest period has settled for certain. */
const marginSeconds = 0.5;

/** Within this time a shard must have been scanned, so that correlation still falls into the interval; seconds. */
export const shardDeadlineSeconds = (scanIntervalSeconds: number): number => Math.max(4, (2 / 3) * scanIntervalSeconds);

/** When a scheduled invocation makes its passes: on the grid of the scan interval, as soon as a period has settled. */
export const scanRhythm = (
  settings: Pick<DetectionSettings, 'scanIntervalSeconds' | 'settlingSeconds'> & { readonly loopSeconds: number },
) => ({
  intervalSeconds: settings.scanIntervalSeconds,
  offsetSeconds: settings.settlingSeconds + marginSeconds,
  loopSeconds: settings.loopSeconds,
});

/**
 * The passes of one invocation. While another one has the lease it waits for
 * its turn, so that one hands over to the next without a gap; when it had the
 * lease and finds it gone, its time is over.
 */
export function scanPasses(
  detect: DetectAnomalies,
  scanner: Scanner,
  onPass: (result: PassResult) => void,
): () => Promise<'continue' | 'stop'> {
  let beginning = true;
  let hadLease = false;
  return async () => {
    const result = await detect(scanner, beginning);
    beginning = false;
    onPass(result);
    if (result.outcome === 'held') return hadLease ? 'stop' : 'continue';
    hadLease = true;
    return 'continue';
  };
}
