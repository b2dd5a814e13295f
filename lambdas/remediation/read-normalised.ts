import type { SeriesId } from '../domain/ids.ts';
import { normaliseSamples } from '../domain/signal/normalise.ts';
import type { Sample, SamplesBySeries } from '../domain/signal/series.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { readSamples } from '../shared/read-samples.ts';

/**
 * Samples as detectors see them: what is counted over a period is a rate per minute, and zero where a sparse counter was quiet
 * though requests were served. All periods must have settled. A series that could not be read is absent.
 */
export const readNormalised = async (
  telemetry: Pick<Telemetry, 'readSamples'>,
  request: Parameters<Telemetry['readSamples']>[0],
): Promise<SamplesBySeries> => {
  const { known } = await readSamples(telemetry, request, request.to);
  const read = new Map<SeriesId, readonly Sample[]>();
  for (const series of request.series) {
    const own = known.get(series.id);
    if (own !== undefined) read.set(series.id, normaliseSamples(series, own, request.periodSeconds));
  }
  return read;
};
