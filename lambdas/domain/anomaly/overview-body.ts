import { z } from 'zod';
import type { SeriesId } from '../ids.ts';
import { seriesSchema } from '../signal/series.ts';
import { topologySchema } from '../topology/topology.ts';
import { budgetsSchema, noBudgets } from './budget-standing.ts';
import { silenceSchema } from './missing.ts';
import { type Overview, summariesOf } from './overview.ts';
import { decodeRecords, encodeRecords, recordAt } from './record-body.ts';
import { field, type Summary, summaryLength } from './watch.ts';

/** Changes whenever the layout of the body changes. */
const layoutVersion = 2;
/** So many lines of trouble are kept. */
const mostTroubles = 50;

const headerSchema = z.object({
  layout: z.literal(layoutVersion),
  fields: z.literal(Object.keys(field).join()),
  scannedAt: z.number(),
  fence: z.number(),
  sweptAt: z.number(),
  troubles: z.array(z.string()).default([]),
  listingTrouble: z.string().nullable().default(null),
  topologyAt: z.number(),
  topology: topologySchema.nullable().default(null),
  shards: z.array(
    z.object({
      name: z.string().min(1),
      readTo: z.number(),
      trouble: z.string().nullable(),
      series: z.array(seriesSchema),
    }),
  ),
  filed: z.array(z.tuple([z.string(), z.number()])),
  silences: z.array(z.tuple([seriesSchema.shape.id, silenceSchema])),
  budgets: budgetsSchema.default(noBudgets),
});

export function encodeOverview(overview: Overview): Uint8Array {
  const { troubles, shards, filed, silences, ...plain } = overview;
  const header: z.input<typeof headerSchema> = {
    ...plain,
    layout: layoutVersion,
    fields: Object.keys(field).join(),
    troubles: troubles.slice(0, mostTroubles),
    shards: shards.map(({ name, readTo, trouble, summaries }) => ({
      name,
      readTo,
      trouble,
      series: [...summaries.values()].map(({ series }) => series),
    })),
    filed: [...filed],
    silences: [...silences],
  };
  return encodeRecords(
    header,
    summariesOf(overview).map(({ record }) => record),
  );
}

/** Null for a body of another version or a broken one: the series are then planned and summarised anew. */
export function decodeOverview(body: Uint8Array): Overview | null {
  const countSeries = ({ shards }: z.infer<typeof headerSchema>) =>
    shards.reduce((count, { series }) => count + series.length * summaryLength, 0);
  const decoded = decodeRecords(body, headerSchema, countSeries);
  if (decoded === null) return null;
  const { layout: _, fields: __, shards, filed, silences, ...plain } = decoded.header;
  let next = 0;
  return {
    ...plain,
    shards: shards.map(({ name, readTo, trouble, series }) => {
      const summaries = new Map<SeriesId, Summary>();
      for (const one of series) {
        summaries.set(one.id, { series: one, record: recordAt(decoded.numbers, next, summaryLength) });
        next += 1;
      }
      return { name, readTo, trouble, summaries };
    }),
    filed: new Map(filed),
    silences: new Map(silences),
  };
}
