import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ReadingEnd } from '../../domain/signal/series.ts';

export type Stretch = { readonly from: number; readonly to: number };

export type Pages = {
  /** Oldest first. */
  readonly events: readonly FilteredLogEvent[];
  /** `limited` once there were more than the limit, and `late` with what came before the signal. */
  readonly end: ReadingEnd;
};

/**
 * Reads a group page by page from the oldest line on, until there are more than `limit` lines or the signal aborts.
 * The service hands out pages in order of time. Without a filter pattern: what patterns mean differs between clouds.
 */
export async function readPages(
  client: CloudWatchLogsClient,
  group: string,
  { from, to, limit, signal }: Stretch & { readonly limit: number; readonly signal?: AbortSignal },
): Promise<Pages> {
  if (to <= from) return { events: [], end: 'all' };
  const found: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      // The service takes both ends in; our intervals are half open.
      const request = { logGroupName: group, startTime: from, endTime: to - 1, nextToken };
      const page = await client.send(
        new FilterLogEventsCommand(request),
        signal === undefined ? {} : { abortSignal: signal },
      );
      found.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && found.length <= limit);
  } catch (error) {
    // A group is made with its first line.
    if (error instanceof ResourceNotFoundException) return { events: [], end: 'all' };
    if (signal?.aborted === true) return { events: byTime(found), end: 'late' };
    throw error;
  }
  return { events: byTime(found), end: nextToken === undefined ? 'all' : 'limited' };
}

/** How much shorter a slice is tried that held more than was wanted, and how much longer one after a slice that did not. */
const shrink = 8;
const grow = 2;
/** Characters to a line that are taken for much. Time that was spent on reading more was no service's slowness. */
const manyCharacters = 1000;

/**
 * The newest `limit` lines, oldest first, and from when on they are all there are. The service reads from the oldest on,
 * so the interval is read whole where it is short of lines, and else in slices backwards from its end: what that costs depends
 * on the limit and not on how much was written. It ends `late` only where little came in its time: very long lines are too many lines.
 */
export async function readNewest(
  client: CloudWatchLogsClient,
  group: string,
  { from, to, limit, signal }: Stretch & { readonly limit: number; readonly signal: AbortSignal },
): Promise<Pages & { readonly readFrom: number }> {
  let newest: readonly FilteredLogEvent[] = [];
  let characters = 0;
  let late = false;
  let end = to;
  let length = to - from;
  while (end > from && newest.length < limit) {
    const start = Math.max(from, end - length);
    const wanted = limit - newest.length;
    const pages = await readPages(client, group, { from: start, to: end, limit: wanted, signal });
    characters += pages.events.reduce((sum, { message }) => sum + (message?.length ?? 0), 0);
    late = pages.end === 'late';
    if (late) break;
    if (pages.end === 'limited' && end - start > 1) {
      length = Math.max(1, Math.floor((end - start) / shrink));
      continue;
    }
    newest = [...pages.events, ...newest];
    end = start;
    // More in one millisecond than is wanted: some of them must do, and nothing older is looked for.
    if (pages.end === 'limited') break;
    length = grow * length;
  }
  const kept = newest.slice(Math.max(0, newest.length - limit));
  const dropped = newest.length > kept.length;
  const readFrom = dropped ? (kept[0]?.timestamp ?? end) + 1 : end;
  const slow = late && characters <= limit * manyCharacters;
  return { events: kept, readFrom, end: readFrom === from ? 'all' : slow ? 'late' : 'limited' };
}

const byTime = (events: readonly FilteredLogEvent[]) =>
  events.toSorted((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0));
