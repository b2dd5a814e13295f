import type { SeriesId } from '../domain/ids.ts';
import { normaliseSamples } from '../domain/signal/normalise.ts';
import type { Sample, SamplesBySeries } from '../domain/signal/series.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** Samples as detectors see them: what is counted over a period is a rate per minute. A series that could not be read is absent. */
export const readNormalised = async (
  telemetry: Pick<Telemetry, 'readSamples'>,
  request: Parameters<Telemetry['readSamples']>[0],
): Promise<SamplesBySeries> => {
  const samples = await telemetry.readSamples(request);
  const read = new Map<SeriesId, readonly Sample[]>();
  for (const series of request.series) {
    const own = samples.get(series.id);
    if (own !== undefined) read.set(series.id, normaliseSamples(series, own, request.periodSeconds));
  }
  return read;
};
