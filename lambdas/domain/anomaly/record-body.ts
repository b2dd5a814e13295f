import type { z } from 'zod';

const prefixBytes = 8;
const bytesPerNumber = 8;

/** One compact body: length of the header, the header as JSON, then the numbers of all records one after the other. */
export function encodeRecords(header: unknown, records: readonly Float64Array[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const numbersAt = align(prefixBytes + json.length);
  const length = records.reduce((sum, record) => sum + record.length, 0);
  const body = new Uint8Array(numbersAt + length * bytesPerNumber);
  new DataView(body.buffer).setUint32(0, json.length, true);
  body.set(json, prefixBytes);
  const numbers = new Float64Array(body.buffer, numbersAt);
  let next = 0;
  for (const record of records) {
    numbers.set(record, next);
    next += record.length;
  }
  return body;
}

/** Null for a body whose header is not of the schema, or that has not the numbers its header counts. */
export function decodeRecords<Header>(
  body: Uint8Array,
  schema: z.ZodType<Header>,
  count: (header: Header) => number,
): { readonly header: Header; readonly numbers: Float64Array } | null {
  if (body.byteLength < prefixBytes) return null;
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  if (body.byteLength < prefixBytes + length) return null;
  const parsed = schema.safeParse(
    parseJson(new TextDecoder().decode(body.subarray(prefixBytes, prefixBytes + length))),
  );
  if (!parsed.success) return null;
  const header = parsed.data;
  const numbersAt = align(prefixBytes + length);
  const end = numbersAt + count(header) * bytesPerNumber;
  if (body.byteLength < end) return null;
  // Copied, because the body may start at any offset of its buffer and numbers only at multiples of their size.
  const numbers = new Float64Array(Uint8Array.from(body.subarray(numbersAt, end)).buffer);
  return { header, numbers };
}

/** The record of that number, of records of one length. */
export const recordAt = (numbers: Float64Array, index: number, length: number): Float64Array =>
  numbers.subarray(index * length, (index + 1) * length);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Not a header of ours, which the schema then says.
  }
}

const align = (length: number): number => Math.ceil(length / bytesPerNumber) * bytesPerNumber;
