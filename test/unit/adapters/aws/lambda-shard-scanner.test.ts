import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lambdaShardScanner } from '../../../../lambdas/adapters/aws/lambda-shard-scanner.ts';
import { summaryLength } from '../../../../lambdas/domain/anomaly/watch.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';

const series = [exampleSeries('edge', 'latency', 'Average'), exampleSeries('search', 'latency', 'Average')];
const request = { shard: 'shard-0003', series, end: 60_000, periodSeconds: 60, now: 61_000, falseAlarmsPerMonth: 1 };
const record = (value: number) => Array.from({ length: summaryLength }, () => value);

/** A function that answers as the test says, behind Lambda's own protocol. */
let answer: (response: ServerResponse) => void = () => {};
const server = createServer((_, response) => answer(response));
const json = (body: unknown, headers: Record<string, string> = {}) => {
  answer = (response) => response.writeHead(200, headers).end(JSON.stringify(body));
};

describe('the scan of a shard by a function', () => {
  let client: LambdaClient;
  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new LambdaClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  });
  afterEach(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const scan = (deadlineSeconds = 5) => lambdaShardScanner(client, 'scan-shard', deadlineSeconds).scan(request);

  it('brings the summaries of the series that were asked for', async () => {
    json({ outcome: 'scanned', readTo: 60_000, records: [record(1), record(2)] });
    const summaries = series.map((one, index) => ({ series: one, record: Float64Array.from(record(index + 1)) }));
    expect(await scan()).toEqual({ outcome: 'scanned', readTo: 60_000, summaries });
  });

  it('is late when another scan won', async () => {
    json({ outcome: 'late', reason: 'another scan of it saved first' });
    expect(await scan()).toEqual({ outcome: 'late', reason: 'another scan of it saved first' });
  });

  it('is late when the function does not answer by the deadline', async () => {
    answer = () => {};
    expect(await scan(0.05)).toEqual({ outcome: 'late', reason: 'no answer within 0.05 s' });
  });

  it('begins no second scan while one that was late goes on, and takes its answer at a later pass', async () => {
    let asked = 0;
    let answerNow = () => {};
    answer = (response) => {
      asked += 1;
      answerNow = () =>
        response.end(JSON.stringify({ outcome: 'scanned', readTo: 60_000, records: [record(1), record(2)] }));
    };
    const scanner = lambdaShardScanner(client, 'scan-shard', 0.3);
    expect(await scanner.scan(request)).toMatchObject({ outcome: 'late' });
    expect(await scanner.scan(request)).toMatchObject({ outcome: 'late' });
    expect(asked).toBe(1);
    const third = scanner.scan(request);
    answerNow();
    expect(await third).toMatchObject({ outcome: 'scanned', readTo: 60_000 });
    json({ outcome: 'late', reason: 'asked anew' });
    expect(await scanner.scan(request)).toEqual({ outcome: 'late', reason: 'asked anew' });
  });

  it('is late when the function fails, and says how', async () => {
    json({ errorMessage: 'throttled' }, { 'x-amz-function-error': 'Unhandled' });
    expect(await scan()).toMatchObject({ outcome: 'late', reason: expect.stringContaining('throttled') });
  });

  it('is late when the service refuses', async () => {
    answer = (response) =>
      response.writeHead(429, { 'x-amzn-errortype': 'TooManyRequestsException' }).end('{"message":"Rate exceeded"}');
    expect(await scan()).toMatchObject({ outcome: 'late', reason: expect.stringContaining('Rate exceeded') });
  });

  it('is late when the function runs other code', async () => {
    json({ outcome: 'scanned', readTo: 60_000, records: [[1], [2]] });
    expect(await scan()).toMatchObject({ outcome: 'late', reason: 'a summary of 1 fields' });
  });
});
