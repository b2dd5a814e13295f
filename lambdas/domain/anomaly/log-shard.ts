import { decodeLogBook, emptyLogBook, encodeLogBook, type LogBook } from '../signal/log-signals/log-book.ts';
import { decodeShard, emptyShard, encodeShard, type Shard } from './shard.ts';

/** What detection remembers of log lines: the lines' own book, and the watches of the series that are made of them. */
export type LogShard = { readonly book: LogBook; readonly shard: Shard };

export const emptyLogShard = (): LogShard => ({ book: emptyLogBook(), shard: emptyShard() });

const lengthBytes = 4;

/** One body: length of the book, the book, and the shard. */
export function encodeLogShard({ book, shard }: LogShard): Uint8Array {
  const text = new TextEncoder().encode(encodeLogBook(book));
  const watches = encodeShard(shard);
  const body = new Uint8Array(lengthBytes + text.length + watches.length);
  new DataView(body.buffer).setUint32(0, text.length, true);
  body.set(text, lengthBytes);
  body.set(watches, lengthBytes + text.length);
  return body;
}

/** Null for a body of another version or a broken one. Watches of another version are learnt anew, the book stays. */
export function decodeLogShard(body: Uint8Array): LogShard | null {
  if (body.byteLength < lengthBytes) return null;
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  if (body.byteLength < lengthBytes + length) return null;
  const book = decodeLogBook(new TextDecoder().decode(body.subarray(lengthBytes, lengthBytes + length)));
  if (book === null) return null;
  return { book, shard: decodeShard(body.subarray(lengthBytes + length)) ?? emptyShard() };
}
