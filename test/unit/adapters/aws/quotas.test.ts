import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { enforceQuotas } from '../../../../lambdas/adapters/aws/quota-middleware.ts';
import { checkQuota, QuotaExceeded } from '../../../../lambdas/adapters/aws/quotas.ts';

const now = Date.UTC(2026, 2, 3, 10);
const day = 24 * 3_600_000;
const datum = (more: object = {}) => ({ MetricName: 'Requests', Value: 1, Timestamp: new Date(now), ...more });
const repeat = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

describe('PutMetricData', () => {
  const check = (...MetricData: object[]) => checkQuota('PutMetricDataCommand', { Namespace: 'N', MetricData }, now);

  it('takes 1,000 metrics and no more', () => {
    expect(check(...repeat(1000, datum()))).toBeNull();
    expect(check(...repeat(1001, datum()))).toMatch('1,000 at most');
  });
  it('takes 150 values a metric and no more', () => {
    expect(check(datum({ Value: undefined, Values: repeat(150, 1) }))).toBeNull();
    expect(check(datum({ Value: undefined, Values: repeat(151, 1) }))).toMatch('150 at most');
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (Value) => {
    expect(check(datum({ Value }))).toMatch('no finite value');
  });
  it('takes what is up to two weeks old', () => {
    expect(check(datum({ Timestamp: new Date(now - 14 * day + 1) }))).toBeNull();
    expect(check(datum({ Timestamp: new Date(now - 14 * day - 1) }))).toMatch('older than two weeks');
    expect(check(datum({ Timestamp: new Date(now + 3 * 3_600_000) }))).toMatch('ahead');
  });
  it('takes 1 MB', () => {
    expect(check(...repeat(900, datum({ Dimensions: repeat(5, { Name: 'n', Value: 'v'.repeat(250) }) })))).toMatch(
      '1 MB',
    );
  });
});

describe('GetMetricData', () => {
  const query = (Period: number) => ({ Id: 'q', MetricStat: { Period } });
  const check = (MetricDataQueries: object[], seconds: number) =>
    checkQuota(
      'GetMetricDataCommand',
      { MetricDataQueries, StartTime: new Date(now - seconds * 1000), EndTime: new Date(now) },
      now,
    );

  it('takes 500 queries', () => {
    expect(check(repeat(500, query(60)), 3600)).toBeNull();
    expect(check(repeat(501, query(60)), 3600)).toMatch('500 at most');
  });
  it('gives 100,800 points', () => {
    expect(check(repeat(140, query(5)), 3600)).toBeNull();
    expect(check(repeat(141, query(5)), 3600)).toMatch('100,800 at most');
  });
});

describe('GetResources', () => {
  const check = (input: object) => checkQuota('GetResourcesCommand', { ...input }, now);

  it('takes 50 tags, 100 types and pages of 100', () => {
    const tag = { Key: 'team', Values: ['pay'] };
    expect(
      check({ TagFilters: repeat(50, tag), ResourceTypeFilters: repeat(100, 'sqs'), ResourcesPerPage: 100 }),
    ).toBeNull();
    expect(check({ TagFilters: repeat(51, tag) })).toMatch('50 at most');
    expect(check({ TagFilters: [{ Key: 'team', Values: repeat(21, 'pay') }] })).toMatch('20 values');
    expect(check({ TagFilters: [{ ...tag, Key: 'k'.repeat(129) }] })).toMatch('128 characters');
    expect(check({ ResourceTypeFilters: repeat(101, 'sqs') })).toMatch('100 at most');
    expect(check({ ResourcesPerPage: 101 })).toMatch('100 resources');
  });
});

describe('PutLogEvents', () => {
  const check = (...logEvents: { timestamp: number; message: string }[]) =>
    checkQuota('PutLogEventsCommand', { logEvents }, now);
  const event = (timestamp: number, message = 'line') => ({ timestamp, message });

  it('takes 10,000 events', () => {
    expect(check(...repeat(10_000, event(now)))).toBeNull();
    expect(check(...repeat(10_001, event(now)))).toMatch('10,000 at most');
  });
  it('takes 1 MB, 26 bytes for each event counted', () => {
    expect(check(...repeat(4, event(now, 'x'.repeat(262_118))))).toBeNull();
    expect(check(...repeat(5, event(now, 'x'.repeat(262_118))))).toMatch('1 MB');
    expect(check(event(now, 'x'.repeat(262_119)))).toMatch('256 KB');
  });
  it('takes events in order, of one day, not older than two weeks', () => {
    expect(check(event(now - 5), event(now - 6))).toMatch('not in order');
    expect(check(event(now - day - 1), event(now))).toMatch('24 hours');
    expect(check(event(now - 14 * day - 1))).toMatch('older than 14 days');
    expect(check(event(now + 3 * 3_600_000))).toMatch('ahead');
    expect(check()).toMatch('without an event');
  });
});

describe('DynamoDB', () => {
  it('takes items of 400 KB, binary counted as it is', () => {
    expect(checkQuota('PutCommand', { Item: { body: Buffer.alloc(400_000) } }, now)).toBeNull();
    expect(checkQuota('PutCommand', { Item: { body: Buffer.alloc(410_000) } }, now)).toMatch('400 KB at most');
    expect(checkQuota('PutCommand', { Item: { text: 'x'.repeat(410_000) } }, now)).toMatch('400 KB at most');
  });
  it('takes transactions of 100 items and 4 MB', () => {
    const check = (...TransactItems: object[]) => checkQuota('TransactWriteCommand', { TransactItems }, now);
    expect(check(...repeat(100, { Put: { Item: { a: 1 } } }))).toBeNull();
    expect(check(...repeat(101, { Put: { Item: { a: 1 } } }))).toMatch('100 at most');
    expect(check(...repeat(12, { Put: { Item: { a: 'x'.repeat(390_000) } } }))).toMatch('4 MB');
    expect(check({ Put: { Item: { a: 'x'.repeat(410_000) } } })).toMatch('400 KB at most');
  });
});

describe('Step Functions and SNS', () => {
  it('name executions in 80 characters', () => {
    const check = (name: string) => checkQuota('StartExecutionCommand', { name, input: '{}' }, now);
    expect(check('x'.repeat(80))).toBeNull();
    expect(check('x'.repeat(81))).toMatch('cannot name');
    expect(check('two words')).toMatch('cannot name');
  });
  it('carry payloads of 256 KB', () => {
    expect(checkQuota('SendTaskSuccessCommand', { output: 'x'.repeat(262_144) }, now)).toBeNull();
    expect(checkQuota('SendTaskSuccessCommand', { output: 'x'.repeat(262_145) }, now)).toMatch('256 KB');
  });
  it('send subjects of one line of ASCII', () => {
    expect(checkQuota('PublishCommand', { Subject: 'fine', Message: 'm' }, now)).toBeNull();
    expect(checkQuota('PublishCommand', { Subject: 'zwei\nZeilen', Message: 'm' }, now)).toMatch('subject');
    expect(checkQuota('PublishCommand', { Subject: 'x'.repeat(100), Message: 'm' }, now)).toMatch('subject');
  });
});

describe('a client that enforces quotas', () => {
  // Nothing listens there: what gets past the check fails otherwise.
  const client = enforceQuotas(
    new DynamoDBClient({
      endpoint: 'http://127.0.0.1:9',
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    }),
  );
  const documents = DynamoDBDocumentClient.from(client);
  const put = (text: string) => documents.send(new PutCommand({ TableName: 't', Item: { key: 'a', text } }));

  it('refuses before anything is sent', async () => {
    await expect(put('x'.repeat(410_000))).rejects.toThrow(QuotaExceeded);
  });
  it('sends the rest', async () => {
    await expect(put('x')).rejects.toThrow('ECONNREFUSED');
  });
});
