import { z } from 'zod';
import { expectationVersion } from '../detectors/expectation.ts';
import { stateVersion } from '../detectors/surprise/layout.ts';
import type { SeriesId } from '../ids.ts';
import type { ReadSample } from '../signal/archived-samples.ts';
import { metricRoles, type Series, seriesSchema } from '../signal/series.ts';
import { decodeRecords, encodeRecords } from './record-body.ts';
import { type Watch, watchLength } from './watch.ts';

/** Changes whenever the layout of the body or of a watch changes. */
const layoutVersion = 4;

const watchLengths = metricRoles.map((role) => watchLength({ role })).join();

const headerSchema = z.object({
  layout: z.literal(layoutVersion),
  detector: z.literal(stateVersion),
  expectation: z.literal(expectationVersion),
  watchLengths: z.literal(watchLengths),
  /** End of the newest period read, epoch milliseconds. */
  readTo: z.number(),
  series: z.array(seriesSchema),
  unarchived: z.number(),
});

/** What detection remembers of some of the series between passes: the unit that is loaded, judged and saved together. */
export type Shard = {
  readTo: number;
  readonly watches: Map<SeriesId, Watch>;
  /** What was read since the last part of the archive. */
  unarchived: ReadSample[];
};

export const emptyShard = (): Shard => ({ readTo: 0, watches: new Map(), unarchived: [] });

export function encodeShard(shard: Shard): Uint8Array {
  const watches = [...shard.watches.values()];
  const numbers = new Map([...shard.watches.keys()].map((id, index) => [id, index]));
  // What was read of a series that has since ended is let go.
  const unarchived = shard.unarchived.filter(({ series }) => numbers.has(series));
  const rows = new Float64Array(unarchived.length * rowLength);
  for (const [index, { series, at, value, readAt }] of unarchived.entries()) {
    rows.set([numbers.get(series) ?? 0, at, value, readAt], index * rowLength);
  }
  const header: z.input<typeof headerSchema> = {
    layout: layoutVersion,
    detector: stateVersion,
    expectation: expectationVersion,
    watchLengths,
    readTo: shard.readTo,
    series: watches.map(({ series }) => series),
    unarchived: unarchived.length,
  };
  return encodeRecords(header, [...watches.map(({ record }) => record), rows]);
}

/** Null for a body of another version or a broken one: detection then learns anew. */
export function decodeShard(body: Uint8Array): Shard | null {
  const decoded = decodeRecords(
    body,
    headerSchema,
    ({ series, unarchived }) => lengthOf(series) + unarchived * rowLength,
  );
  if (decoded === null) return null;
  const { readTo, series } = decoded.header;
  const { numbers } = decoded;
  const watches = new Map<SeriesId, Watch>();
  let next = 0;
  for (const one of series) {
    const end = next + watchLength(one);
    watches.set(one.id, { series: one, record: numbers.subarray(next, end), whole: true });
    next = end;
  }
  return { readTo, watches, unarchived: readRows(numbers.subarray(next), series) };
}

const lengthOf = (series: readonly Series[]): number => series.reduce((sum, one) => sum + watchLength(one), 0);

/** Number of the series in the shard, start of the period, value, end of the stretch that was read. */
const rowLength = 4;

function readRows(numbers: Float64Array, series: readonly Series[]): ReadSample[] {
  const samples: ReadSample[] = [];
  for (let index = 0; index < numbers.length; index += rowLength) {
    const [number = 0, at = 0, value = 0, readAt = 0] = numbers.subarray(index, index + rowLength);
    const id = series[number]?.id;
    if (id !== undefined) samples.push({ series: id, at, value, readAt });
  }
  return samples;
}
