import type { Band } from '../domain/anomaly/anomaly.ts';
import { detectorFor, detectorVersion } from '../domain/detectors/detector-for.ts';
import type { SeriesId } from '../domain/ids.ts';
import type { Yardstick } from '../domain/incident/incident.ts';

/** What the detectors, as they were before onset, expect at a time. Keeps the decoded states of one call. */
export const frozenBands = (): ((yardstick: Yardstick, at: number) => Band) => {
  const states = new Map<SeriesId, Float64Array>();
  return ({ series, state }, at) => {
    const known = states.get(series.id) ?? Float64Array.from(state);
    states.set(series.id, known);
    return detectorFor(series.role).band(known, at);
  };
};

/** False when the detector has changed its layout since: the frozen states cannot be read any more. */
export const areReadable = (yardsticks: readonly Yardstick[]): boolean =>
  yardsticks.every((yardstick) => yardstick.detectorVersion === detectorVersion);
