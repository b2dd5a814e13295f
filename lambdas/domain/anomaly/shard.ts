import { z } from 'zod';
import { detectorVersion } from '../detectors/detector-for.ts';
import { seriesSchema } from '../signal/series.ts';
import { type Watch, watchLength } from './watch.ts';

/** Changes whenever the layout of the blob or of a watch changes. */
const layoutVersion = 1;

const headerSchema = z.object({
  layout: z.literal(layoutVersion),
  detector: z.literal(detectorVersion),
  watchLength: z.literal(watchLength),
  /** End of the newest period read, epoch milliseconds. */
  readTo: z.number(),
  /** When the pass that wrote this began, and the fence of its lease. */
  scannedAt: z.number(),
  fence: z.number(),
  sweptAt: z.number(),
  series: z.array(seriesSchema),
});

/** What detection remembers between passes. */
export type Shard = {
  readTo: number;
  scannedAt: number;
  fence: number;
  sweptAt: number;
  readonly watches: Map<string, Watch>;
};

export const emptyShard = (): Shard => ({ readTo: 0, scannedAt: 0, fence: 0, sweptAt: 0, watches: new Map() });

const prefixBytes = 8;
const bytesPerNumber = 8;

/** One compact body: length of the header, the header as JSON, then the numbers of each series in its order. */
export function encodeShard(shard: Shard): Uint8Array {
  const watches = [...shard.watches.values()];
  const header: z.input<typeof headerSchema> = {
    layout: layoutVersion,
    detector: detectorVersion,
    watchLength,
    readTo: shard.readTo,
    scannedAt: shard.scannedAt,
    fence: shard.fence,
    sweptAt: shard.sweptAt,
    series: watches.map(({ series }) => series),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const numbersAt = align(prefixBytes + json.length);
  const body = new Uint8Array(numbersAt + watches.length * watchLength * bytesPerNumber);
  new DataView(body.buffer).setUint32(0, json.length, true);
  body.set(json, prefixBytes);
  const numbers = new Float64Array(body.buffer, numbersAt);
  for (const [index, { record }] of watches.entries()) numbers.set(record, index * watchLength);
  return body;
}

/** Null for a body of another version or a broken one: detection then learns anew. */
export function decodeShard(body: Uint8Array): Shard | null {
  const header = readHeader(body);
  if (header === null) return null;
  const numbersAt = align(prefixBytes + header.length);
  const count = header.content.series.length * watchLength;
  if (body.byteLength < numbersAt + count * bytesPerNumber) return null;
  // Copied, because the body may start at any offset of its buffer and numbers only at multiples of their size.
  const numbers = new Float64Array(
    Uint8Array.from(body.subarray(numbersAt, numbersAt + count * bytesPerNumber)).buffer,
  );
  const { readTo, scannedAt, fence, sweptAt, series } = header.content;
  const watches = series.map(
    (one, index): Watch => ({
      series: one,
      record: numbers.subarray(index * watchLength, (index + 1) * watchLength),
    }),
  );
  return { readTo, scannedAt, fence, sweptAt, watches: new Map(watches.map((watch) => [watch.series.id, watch])) };
}

/** When the last pass began and what it covers, for a status display; null for a body of another version. */
export function readScanStatus(
  body: Uint8Array,
): { readonly scannedAt: number; readonly fence: number; readonly series: number } | null {
  const header = readHeader(body);
  return header === null
    ? null
    : { scannedAt: header.content.scannedAt, fence: header.content.fence, series: header.content.series.length };
}

function readHeader(
  body: Uint8Array,
): { readonly length: number; readonly content: z.infer<typeof headerSchema> } | null {
  if (body.byteLength < prefixBytes) return null;
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  if (body.byteLength < prefixBytes + length) return null;
  const json = parseJson(new TextDecoder().decode(body.subarray(prefixBytes, prefixBytes + length)));
  const parsed = headerSchema.safeParse(json);
  return parsed.success ? { length, content: parsed.data } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Not a header of ours, which the schema then says.
  }
}

const align = (length: number): number => Math.ceil(length / bytesPerNumber) * bytesPerNumber;
