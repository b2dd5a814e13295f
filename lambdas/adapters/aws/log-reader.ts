import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import pLimit from 'p-limit';
import { resourceNames } from '../../contract/stage.ts';
import { instanceIdSchema, type ServiceName } from '../../domain/ids.ts';
import type { LogLine } from '../../domain/signal/series.ts';
import { changeSchema } from '../../domain/topology/change.ts';
import type { Telemetry } from '../../ports.ts';
import { firstOf } from '../first-of.ts';

/** The service takes five such calls a second, and no more on request. */
const parallelFollowers = 3;

/**
 * Logs and changes, read without a filter pattern: what patterns mean differs
 * between clouds, so what is wanted is picked out by our own code. A stream of
 * a service's group is named after the instance that writes it, or after the service itself.
 */
export function logReader(
  client: CloudWatchLogsClient,
  stage: string,
): Pick<Telemetry, 'readLogs' | 'followLogs' | 'readChanges'> {
  const names = resourceNames(stage);
  const following = pLimit(parallelFollowers);
  return {
    readLogs: async ({ service, from, to, limit }) => {
      const events = await readEvents(client, names.shopLogGroup(service), { from, to, limit });
      return events.map((event) => toLine(event, service, from));
    },
    followLogs: ({ service, from, to, limit, withinMilliseconds }) => {
      const signal = AbortSignal.timeout(withinMilliseconds);
      return following(async () => {
        const events = await readFirst(client, names.shopLogGroup(service), { from, to, limit, signal });
        return firstOf(
          events.map((event) => toLine(event, service, from)),
          limit,
          to,
        );
      });
    },
    readChanges: async ({ from, to }) => {
      const events = await readEvents(client, names.changeLogGroup, { from, to, limit: Number.POSITIVE_INFINITY });
      // A line that is no change is somebody else's and says nothing here.
      return events
        .map(({ message }) => changeSchema.safeParse(parseJson(message ?? '')))
        .flatMap((parsed) => (parsed.success ? [parsed.data] : []));
    },
  };
}

function toLine({ timestamp, message, logStreamName }: FilteredLogEvent, service: ServiceName, from: number): LogLine {
  const instance = instanceIdSchema.safeParse(logStreamName);
  const ofInstance = instance.success && logStreamName !== service;
  return { at: timestamp ?? from, service, instance: ofInstance ? instance.data : null, message: message ?? '' };
}

/** Oldest first; once more than `limit` have come, as many as there were so far. */
async function readFirst(
  client: CloudWatchLogsClient,
  group: string,
  { from, to, limit, signal }: { from: number; to: number; limit: number; signal: AbortSignal },
): Promise<readonly FilteredLogEvent[]> {
  const found: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const request = { logGroupName: group, startTime: from, endTime: to - 1, nextToken };
      const page = await client.send(new FilterLogEventsCommand(request), { abortSignal: signal });
      found.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && found.length <= limit);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
  return byTime(found);
}

/** Oldest first; the newest `limit` of them. */
async function readEvents(
  client: CloudWatchLogsClient,
  group: string,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<readonly FilteredLogEvent[]> {
  if (to <= from) return [];
  let newest: FilteredLogEvent[] = [];
  // The service takes both ends in; our intervals are half open.
  const request = { logGroupName: group, startTime: from, endTime: to - 1 };
  try {
    for await (const page of paginateFilterLogEvents({ client }, request)) {
      newest.push(...(page.events ?? []));
      if (newest.length > 2 * limit) newest = byTime(newest).slice(-limit);
    }
  } catch (error) {
    // A group is made with its first line.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
  const sorted = byTime(newest);
  return sorted.slice(Math.max(0, sorted.length - limit));
}

const byTime = (events: readonly FilteredLogEvent[]) =>
  events.toSorted((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
