import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { resourceNames } from '../../contract/stage.ts';
import { instanceIdSchema } from '../../domain/ids.ts';
import { changeSchema } from '../../domain/topology/change.ts';
import type { Telemetry } from '../../ports.ts';

/**
 * Logs and changes, read without a filter pattern: what patterns mean differs
 * between clouds, so what is wanted is picked out by our own code. A stream of
 * a service's group is named after the instance that writes it, or after the service itself.
 */
export function logReader(client: CloudWatchLogsClient, stage: string): Pick<Telemetry, 'readLogs' | 'readChanges'> {
  const names = resourceNames(stage);
  return {
    readLogs: async ({ service, from, to, limit }) => {
      const events = await readEvents(client, names.shopLogGroup(service), { from, to, limit });
      return events.map(({ timestamp, message, logStreamName }) => {
        const instance = instanceIdSchema.safeParse(logStreamName);
        const ofInstance = instance.success && logStreamName !== service;
        return {
          at: timestamp ?? from,
          service,
          instance: ofInstance ? instance.data : null,
          message: message ?? '',
        };
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
