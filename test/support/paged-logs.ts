import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';

const requestSchema = z.object({
  logGroupName: z.string(),
  startTime: z.number(),
  endTime: z.number(),
  nextToken: z.string().optional(),
});

export type PagedLogs = {
  readonly client: CloudWatchLogsClient;
  /** The groups asked for so far, by the last part of their names, a call each. */
  readonly calls: readonly string[];
  /** How many calls for a group are answered from now on: those after them never are. */
  answer(group: string, calls: number): void;
  /** How many characters lines have at least from now on. */
  pad(characters: number): void;
  close(): Promise<void>;
};

/** The log service's own way of handing out lines, over its own protocol: a page at a time, the oldest first, both ends in. */
export async function pagedLogs(
  groups: Readonly<Record<string, readonly number[]>>,
  linesInPage: number,
): Promise<PagedLogs> {
  const calls: string[] = [];
  const answers = new Map<string, number>();
  let characters = 0;
  const server = createServer(async (request, response) => {
    const { logGroupName, startTime, endTime, nextToken } = requestSchema.parse(JSON.parse(await text(request)));
    const group = logGroupName.slice(logGroupName.lastIndexOf('/') + 1);
    calls.push(group);
    const left = answers.get(group) ?? Number.POSITIVE_INFINITY;
    answers.set(group, left - 1);
    if (left <= 0) return;
    const wanted = (groups[group] ?? []).filter((at) => at >= startTime && at <= endTime);
    const begin = Number(nextToken ?? 0);
    const end = begin + linesInPage;
    const events = wanted.slice(begin, end).map((timestamp, index) => ({
      timestamp,
      message: `line ${begin + index}`.padEnd(characters),
      logStreamName: group,
    }));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ events, ...(end < wanted.length ? { nextToken: String(end) } : {}) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const client = new CloudWatchLogsClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    client,
    calls,
    answer: (group, count) => answers.set(group, count),
    pad: (count) => {
      characters = count;
    },
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
