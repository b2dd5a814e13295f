import type { Band } from '../domain/anomaly/anomaly.ts';
import { bandOf, expectationVersion } from '../domain/detectors/expectation.ts';
import { toleranceOf } from '../domain/detectors/role-tolerance.ts';
import type { SeriesId } from '../domain/ids.ts';
import type { Yardstick } from '../domain/incident/incident.ts';

/** What was expected before onset. Keeps the bands of one call. */
export const frozenBands = (): ((yardstick: Yardstick) => Band) => {
  const bands = new Map<SeriesId, Band>();
  return ({ series, state }) => {
    const known = bands.get(series.id) ?? bandOf(Float64Array.from(state), toleranceOf[series.role]);
    bands.set(series.id, known);
    return known;
  };
};

/** False when the detector has changed its layout since: the frozen expectations cannot be read any more. */
export const areReadable = (yardsticks: readonly Yardstick[]): boolean =>
  yardsticks.every((yardstick) => yardstick.detectorVersion === expectationVersion);
