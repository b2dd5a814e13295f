import { z } from 'zod';
import { expectationVersion } from '../detectors/expectation.ts';
import { stateVersion } from '../detectors/surprise/layout.ts';
import type { SeriesId } from '../ids.ts';
import { seriesSchema } from '../signal/series.ts';
import { decodeRecords, encodeRecords } from './record-body.ts';
import { type Watch, watchLength } from './watch.ts';

/** Changes whenever the layout of the body or of a watch changes. */
const layoutVersion = 2;

const headerSchema = z.object({
  layout: z.literal(layoutVersion),
  detector: z.literal(stateVersion),
  expectation: z.literal(expectationVersion),
  watchLength: z.literal(watchLength),
  /** End of the newest period read, epoch milliseconds. */
  readTo: z.number(),
  series: z.array(seriesSchema),
});

/** What detection remembers of some of the series between passes: the unit that is loaded, judged and saved together. */
export type Shard = {
  readTo: number;
  readonly watches: Map<SeriesId, Watch>;
};

export const emptyShard = (): Shard => ({ readTo: 0, watches: new Map() });

export function encodeShard(shard: Shard): Uint8Array {
  const watches = [...shard.watches.values()];
  const header: z.input<typeof headerSchema> = {
    layout: layoutVersion,
    detector: stateVersion,
    expectation: expectationVersion,
    watchLength,
    readTo: shard.readTo,
    series: watches.map(({ series }) => series),
  };
  return encodeRecords(
    header,
    watches.map(({ record }) => record),
    watchLength,
  );
}

/** Null for a body of another version or a broken one: detection then learns anew. */
export function decodeShard(body: Uint8Array): Shard | null {
  const decoded = decodeRecords(body, headerSchema, watchLength, ({ series }) => series.length);
  if (decoded === null) return null;
  const { readTo, series } = decoded.header;
  const watches = new Map<SeriesId, Watch>();
  for (const [index, record] of decoded.records.entries()) {
    const one = series[index];
    if (one !== undefined) watches.set(one.id, { series: one, record, whole: true });
  }
  return { readTo, watches };
}
