import { requestsBeside } from '../contract/requests-beside.ts';
import type { SeriesId } from '../domain/ids.ts';
import type { SamplesBySeries, Series } from '../domain/signal/series.ts';
import { withQuietPeriods } from '../domain/signal/sparse-counters.ts';
import type { Telemetry } from '../ports/telemetry.ts';

type Request = Parameters<Telemetry['readSamples']>[0];

export type ReadSamples = {
  /** As the telemetry has them. */
  readonly stored: SamplesBySeries;
  /** The same with the zeros that sparse counters left out. */
  readonly known: SamplesBySeries;
};

/**
 * Reads samples, and the requests beside each sparse counter that lacks some: only those are asked for further.
 * @param quietTo epoch milliseconds; a counter that said nothing of a period that ended by then is taken for quiet in it
 */
export async function readSamples(
  telemetry: Pick<Telemetry, 'readSamples'>,
  request: Request,
  quietTo: number,
): Promise<ReadSamples> {
  const { series, from, to, periodSeconds } = request;
  const stored = await telemetry.readSamples(request);
  const periods = Math.floor((to - from) / 1000 / periodSeconds);
  const beside = new Map<SeriesId, Series>();
  for (const one of series) {
    const own = stored.get(one.id);
    const requests = own === undefined || own.length >= periods ? null : requestsBeside(one);
    if (requests !== null) beside.set(one.id, requests);
  }
  if (beside.size === 0) return { stored, known: stored };
  const further = await readFurther(telemetry, request, [...beside.values()]);
  const known = new Map(stored);
  for (const [id, { id: requests }] of beside) {
    const served = stored.get(requests) ?? further.get(requests) ?? [];
    known.set(id, withQuietPeriods(stored.get(id) ?? [], served, { quietTo, periodSeconds }));
  }
  return { stored, known };
}

async function readFurther(
  telemetry: Pick<Telemetry, 'readSamples'>,
  request: Request,
  wanted: readonly Series[],
): Promise<SamplesBySeries> {
  const asked = new Set(request.series.map(({ id }) => id));
  const series = new Map(wanted.filter(({ id }) => !asked.has(id)).map((one) => [one.id, one]));
  return series.size === 0 ? new Map() : telemetry.readSamples({ ...request, series: [...series.values()] });
}
