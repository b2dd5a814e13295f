import type { CloudWatchLogsClient, FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import pLimit from 'p-limit';
import { resourceNames } from '../../contract/stage.ts';
import { instanceIdSchema, type ServiceName } from '../../domain/ids.ts';
import type { LogLine } from '../../domain/signal/series.ts';
import { changeSchema } from '../../domain/topology/change.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { begunOf, firstOf } from '../first-of.ts';
import { readNewest, readPages } from './log-pages.ts';

/** The service takes five such calls a second, and no more on request. */
const parallelCalls = 3;

/**
 * Logs and changes, read without a filter pattern: what is wanted is picked out by our own code. A stream of
 * a service's group is named after the instance that writes it, or after the service itself.
 */
export function logReader(
  client: CloudWatchLogsClient,
  stage: string,
): Pick<Telemetry, 'readLogs' | 'followLogs' | 'readChanges'> {
  const names = resourceNames(stage);
  const inTurn = pLimit(parallelCalls);
  return {
    readLogs: ({ service, from, to, limit, withinMilliseconds }) => {
      const signal = AbortSignal.timeout(withinMilliseconds);
      return inTurn(async () => {
        const group = names.shopLogGroup(service);
        const { events, readFrom, end } = await readNewest(client, group, { from, to, limit, signal });
        return { lines: events.map((event) => toLine(event, service, from)), readFrom, end };
      });
    },
    followLogs: ({ service, from, to, limit, withinMilliseconds }) => {
      const patience = AbortSignal.timeout(withinMilliseconds);
      return inTurn(async () => {
        if (patience.aborted) throw new Error(`its turn did not come within ${withinMilliseconds} ms`);
        // What was spent waiting for others is not taken off its own time.
        const signal = AbortSignal.timeout(withinMilliseconds);
        const { events, end } = await readPages(client, names.shopLogGroup(service), { from, to, limit, signal });
        const lines = events.map((event) => toLine(event, service, from));
        if (end !== 'late') return firstOf(lines, limit, to);
        if (lines.length === 0) throw new Error(`nothing came within ${withinMilliseconds} ms`);
        return begunOf(lines, limit, from);
      });
    },
    readChanges: async ({ from, to }) => {
      const { events } = await readPages(client, names.changeLogGroup, { from, to, limit: Number.POSITIVE_INFINITY });
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
