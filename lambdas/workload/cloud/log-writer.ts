import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  type InputLogEvent,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import pLimit from 'p-limit';
import { resourceNames } from '../../contract/stage.ts';
import type { Published } from '../fleet.ts';

const retentionInDays = 7;
/** Under CloudWatch's 10,000 events and 1 MB a call. */
const eventsInCall = 5_000;
const bytesInCall = 900_000;
const parallelStreams = 8;

type Stream = { readonly group: string; readonly stream: string };

/** Lines of a service go to its group, in a stream for each instance; changes to a group of their own. */
export function logWriter(client: CloudWatchLogsClient, stage: string) {
  const names = resourceNames(stage);

  const put = ({ group, stream }: Stream, logEvents: InputLogEvent[]) =>
    client.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: stream, logEvents }));

  const write = async (stream: Stream, events: readonly InputLogEvent[]): Promise<void> => {
    for (const part of parts(events)) {
      try {
        await put(stream, part);
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        await make(client, stream);
        await put(stream, part);
      }
    }
  };

  return {
    publish: async ({ logs, changes }: Pick<Published, 'logs' | 'changes'>): Promise<void> => {
      const byStream = new Map<string, { readonly stream: Stream; readonly events: InputLogEvent[] }>();
      const add = (stream: Stream, at: number, message: string) => {
        const name = `${stream.group} ${stream.stream}`;
        const known = byStream.get(name) ?? { stream, events: [] };
        known.events.push({ timestamp: at, message });
        byStream.set(name, known);
      };
      for (const { service, instance, at, message } of logs) {
        add({ group: names.shopLogGroup(service), stream: instance ?? service }, at, message);
      }
      for (const change of changes) {
        add({ group: names.changeLogGroup, stream: 'changes' }, change.at, JSON.stringify(change));
      }
      const limit = pLimit(parallelStreams);
      await Promise.all([...byStream.values()].map(({ stream, events }) => limit(() => write(stream, events))));
    },
  };
}

/** Makes what is missing: a group and a stream appear with their first line. */
async function make(client: CloudWatchLogsClient, { group, stream }: Stream): Promise<void> {
  const unlessThere = async (call: Promise<unknown>): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (error) {
      if (error instanceof ResourceAlreadyExistsException) return false;
      throw error;
    }
  };
  if (await unlessThere(client.send(new CreateLogGroupCommand({ logGroupName: group })))) {
    await client.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays }));
  }
  await unlessThere(client.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: stream })));
}

/** In order of time, in pieces that one call takes. */
function parts(events: readonly InputLogEvent[]): InputLogEvent[][] {
  const pieces: InputLogEvent[][] = [];
  let piece: InputLogEvent[] = [];
  let bytes = 0;
  for (const event of events.toSorted((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0))) {
    const size = Buffer.byteLength(event.message ?? '') + 26;
    if (piece.length > 0 && (piece.length >= eventsInCall || bytes + size > bytesInCall)) {
      pieces.push(piece);
      piece = [];
      bytes = 0;
    }
    piece.push(event);
    bytes += size;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}
