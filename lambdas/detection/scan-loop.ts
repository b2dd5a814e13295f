import { type LoopTools, runScheduledLoop } from '../runtime/scheduled-loop.ts';
import type { DetectAnomalies, DetectionSettings, PassResult } from './detect-anomalies.ts';
import type { Scanner } from './take-scan-lease.ts';

/** Part of the rhythm that lies beyond the settling time: periods are then closed when the pass reads them. */
const marginSeconds = 0.5;

/**
 * Passes of detection from one scheduled invocation, on the grid of the scan
 * interval, each as soon as the period before it has settled. Stops when a pass
 * finds that another invocation has the lease.
 */
export function scanLoop(
  tools: LoopTools,
  detect: DetectAnomalies,
  settings: DetectionSettings & { readonly loopSeconds: number },
  onPass: (result: PassResult) => void,
): (scanner: Scanner) => Promise<void> {
  return async (scanner) => {
    let beginning = true;
    const rhythm = {
      intervalSeconds: settings.scanIntervalSeconds,
      offsetSeconds: settings.settlingSeconds + marginSeconds,
      loopSeconds: settings.loopSeconds,
    };
    await runScheduledLoop(tools, rhythm, async () => {
      const result = await detect(scanner, beginning);
      beginning = false;
      onPass(result);
      return result.outcome === 'held' ? 'stop' : 'continue';
    });
  };
}
