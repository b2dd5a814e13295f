import { expect, it } from 'vitest';
import { chosenByTags } from '../../../lambdas/adapters/chosen-by-tags.ts';
import { memoryTaggedResources } from '../../../lambdas/adapters/memory/tagged-resources.ts';
import { memoryTelemetry } from '../../../lambdas/adapters/memory/telemetry.ts';
import { declaredLimitsSchema } from '../../../lambdas/contract/declared-limits.ts';

const team = { name: 'team', value: 'pay' };
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const limits = declaredLimitsSchema.parse([{ namespace: 'AWS/Lambda', metric: 'ConcurrentExecutions', limit: 1000 }]);

const world = (tags = [team]) => {
  const telemetry = memoryTelemetry(limits);
  const resources = memoryTaggedResources();
  const publish = (namespace: string, metric: string, ...names: readonly (readonly [string, string])[]) => {
    const dimensions = names.map(([name, value]) => ({ name, value }));
    telemetry.publish({ metrics: [{ namespace, metric, dimensions, at: 0, value: 1 }], logs: [], changes: [] });
  };
  publish('Acme/Shop', 'RequestCount', ['Service', 'cart']);
  for (const name of ['orders', 'refunds']) publish('AWS/Lambda', 'Invocations', ['FunctionName', name]);
  const list = chosenByTags(telemetry.listSeries, resources, { namespaces: ['Acme/Shop', 'AWS/Lambda'], tags });
  return { publish, resources, services: async () => (await list()).map(({ service }) => service) };
};

it('takes metrics of AWS when their resource has the tags, as it gets and loses them, and all others anyway', async () => {
  const { resources, services } = world();
  expect(await services()).toEqual(['cart']);
  resources.tag(arnOf('orders'), [team]);
  expect(await services()).toEqual(['cart', 'orders']);
  resources.tag(arnOf('refunds'), [team]);
  resources.untag(arnOf('orders'), ['team']);
  expect(await services()).toEqual(['cart', 'refunds']);
});

it('takes all when no tag chooses', async () => {
  expect(await world([]).services()).toEqual(['cart', 'orders', 'refunds']);
});

it('takes what a limit was declared for without any tag', async () => {
  const { publish, services } = world();
  publish('AWS/Lambda', 'ConcurrentExecutions');
  expect(await services()).toEqual(['cart', 'aws-lambda']);
});

it('tells of tags that cannot be read, and does not take them for missing', async () => {
  const list = chosenByTags(
    async () => [],
    { list: () => Promise.reject(new Error('not authorised')) },
    { namespaces: ['AWS/Lambda'], tags: [team] },
  );
  await expect(list()).rejects.toThrow('not authorised');
});
