import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { metricReader } from '../../../../lambdas/adapters/aws/metric-reader.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';

it('tells a series that could not be read from one that is silent', async () => {
  const series = ['edge', 'search', 'payments', 'checkout'].map((name) => exampleSeries(name, 'latency', 'Average'));
  const client = new CloudWatchClient({ region: 'us-east-1' });
  client.middlewareStack.add(
    () => async () => ({
      response: {},
      output: {
        $metadata: {},
        MetricDataResults: [
          { Id: 'q0', StatusCode: 'Complete', Timestamps: [new Date(60_000)], Values: [5] },
          { Id: 'q1', StatusCode: 'InternalError', Timestamps: [], Values: [] },
          { Id: 'q2', StatusCode: 'Complete', Timestamps: [], Values: [] },
          { Id: 'q3', StatusCode: 'Forbidden' },
        ],
      },
    }),
    { step: 'initialize' },
  );
  const read = await metricReader(client, []).readSamples({ series, from: 0, to: 120_000, periodSeconds: 60 });
  expect([...read]).toEqual([
    [series[0]?.id, [{ at: 60_000, value: 5 }]],
    [series[2]?.id, []],
  ]);
});
