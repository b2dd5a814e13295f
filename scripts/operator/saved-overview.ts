import { overviewName } from '../../lambdas/detection/detect-anomalies.ts';
import type { Overview } from '../../lambdas/domain/anomaly/overview.ts';
import { decodeOverview } from '../../lambdas/domain/anomaly/overview-body.ts';
import type { DetectorState } from '../../lambdas/ports/detector-state.ts';

/** What detection knew after its last whole pass; null when there was none, or only one of another layout. */
export const savedOverview = async (detectorState: Pick<DetectorState, 'load'>): Promise<Overview | null> => {
  const stored = await detectorState.load(overviewName, null);
  return stored === null || stored === 'unchanged' ? null : decodeOverview(stored.body);
};
