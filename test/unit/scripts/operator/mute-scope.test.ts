import { expect, it } from 'vitest';
import { memoryDetectorState } from '../../../../lambdas/adapters/memory/detector-state.ts';
import { overviewName } from '../../../../lambdas/detection/detect-anomalies.ts';
import { emptyOverview } from '../../../../lambdas/domain/anomaly/overview.ts';
import { encodeOverview } from '../../../../lambdas/domain/anomaly/overview-body.ts';
import { newSummary } from '../../../../lambdas/domain/anomaly/watch.ts';
import { logSeriesOf } from '../../../../lambdas/domain/signal/log-signals/log-series.ts';
import { type Series, seriesSchema } from '../../../../lambdas/domain/signal/series.ts';
import { scopeOf, serviceScope } from '../../../../scripts/operator/mute-scope.ts';
import { exampleSeries, service, topology } from '../../../support/detection-examples.ts';

const target = { describe: async () => topology };

const watching = async (series: readonly Series[]) => {
  const detectorState = memoryDetectorState();
  const summaries = new Map(series.map((one) => [one.id, newSummary(one, 0)]));
  const overview = { ...emptyOverview(), shards: [{ name: 'one', readTo: 0, trouble: null, summaries }] };
  await detectorState.save(overviewName, encodeOverview(overview), null);
  return { target, detectorState };
};

it('is any series that detection watches, also of a log or another namespace', async () => {
  const queue = seriesSchema.parse({
    ...exampleSeries('mailer', 'queueAge', 'Maximum'),
    id: 'AWS/SQS|ApproximateAgeOfOldestMessage|QueueName=mail|Maximum',
    namespace: 'AWS/SQS',
  });
  const log = logSeriesOf([service('checkout')]);
  const world = await watching([queue, ...log]);
  for (const { id } of [queue, ...log]) expect(await scopeOf(world, id)).toEqual({ of: 'series', series: id });
  await expect(scopeOf(world, 'AWS/SQS|Other|QueueName=mail|Maximum')).rejects.toThrow('There is no series');
});

it('is any service that detection knows, where there is no control surface to ask', async () => {
  const none = { describe: () => Promise.reject(new Error('there is no such function')) };
  const series = { ...exampleSeries('mailer', 'queueAge', 'Maximum'), namespace: 'AWS/SQS' };
  const world = { ...(await watching([series])), target: none };
  expect(await scopeOf(world, 'mailer')).toEqual({ of: 'service', service: 'mailer' });
  expect(await serviceScope(world, 'mailer')).toEqual({ of: 'service', service: 'mailer' });
  await expect(scopeOf(world, 'checkout')).rejects.toThrow("There is no service 'checkout'. Known: mailer.");
  await expect(scopeOf({ target: none, detectorState: memoryDetectorState() }, 'checkout')).rejects.toThrow(
    'has seen no series yet',
  );
});

it('is a service by its name, and nothing before the first scan', async () => {
  const world = { target, detectorState: memoryDetectorState() };
  expect(await scopeOf(world, 'checkout')).toEqual({ of: 'service', service: 'checkout' });
  await expect(scopeOf(world, 'Shop|cpu|Service=checkout|Average')).rejects.toThrow('has seen no series yet');
});
