import { z } from 'zod';
import { type SeriesId, seriesIdSchema } from '../ids.ts';
import { type Series, seriesSchema } from './series.ts';

/** One value that a scan judged. Times are epoch milliseconds. */
export type ReadSample = {
  readonly series: SeriesId;
  /** Start of its period. */
  readonly at: number;
  /** As the telemetry gave it, in the series' own statistic. */
  readonly value: number;
  /** End of the stretch that the scan read: tells which pass saw it first. */
  readonly readAt: number;
};

const layoutVersion = 1;

/** Columns, each number but the first of a column as the difference to the one before it: that is what compresses well. */
const partSchema = z.object({
  layout: z.literal(layoutVersion),
  shard: z.string().min(1),
  columns: z.array(
    z.object({
      series: seriesSchema,
      at: z.array(z.number()),
      /** How long after its start each was read. */
      lag: z.array(z.number()),
      value: z.array(z.number()),
    }),
  ),
});

export type ArchivedPart = {
  readonly shard: string;
  readonly series: readonly Series[];
  readonly samples: readonly ReadSample[];
};

/** The body of one object of the archive: JSON, the same for the same samples. */
export function writePart({ shard, series, samples }: ArchivedPart): string {
  const own = new Map<SeriesId, ReadSample[]>(series.map(({ id }) => [id, []]));
  for (const sample of samples) own.get(sample.series)?.push(sample);
  const columns = series.flatMap((one) => {
    const rows = own.get(one.id) ?? [];
    if (rows.length === 0) return [];
    return [
      {
        series: one,
        at: differences(rows.map(({ at }) => at)),
        lag: differences(rows.map(({ at, readAt }) => readAt - at)),
        value: rows.map(({ value }) => value),
      },
    ];
  });
  const part: z.input<typeof partSchema> = { layout: layoutVersion, shard, columns };
  return JSON.stringify(part);
}

/** @throws an Error when the body is not a part of this layout */
export function readPart(body: string): ArchivedPart {
  const { shard, columns } = partSchema.parse(JSON.parse(body));
  const samples = columns.flatMap(({ series, at, lag, value }) => {
    const times = sums(at);
    const lags = sums(lag);
    return value.map((one, index): ReadSample => {
      const start = times[index] ?? Number.NaN;
      return { series: seriesIdSchema.parse(series.id), at: start, value: one, readAt: start + (lags[index] ?? 0) };
    });
  });
  return { shard, series: columns.map(({ series }) => series), samples };
}

const differences = (values: readonly number[]): number[] =>
  values.map((value, index) => value - (index === 0 ? 0 : (values[index - 1] ?? 0)));

function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}
