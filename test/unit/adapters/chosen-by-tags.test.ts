import { expect, it } from 'vitest';
import { chosenByTags } from '../../../lambdas/adapters/chosen-by-tags.ts';
import { memoryTaggedResources } from '../../../lambdas/adapters/memory/tagged-resources.ts';
import { memoryTelemetry } from '../../../lambdas/adapters/memory/telemetry.ts';

const team = { name: 'team', value: 'pay' };
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const world = (tags = [team]) => {
  const telemetry = memoryTelemetry();
  const resources = memoryTaggedResources();
  const publish = (namespace: string, metric: string, dimension: string, value: string) =>
    telemetry.publish({
      metrics: [{ namespace, metric, dimensions: [{ name: dimension, value }], at: 0, value: 1 }],
      logs: [],
      changes: [],
    });
  publish('Acme/Shop', 'RequestCount', 'Service', 'cart');
  for (const name of ['orders', 'refunds']) publish('AWS/Lambda', 'Invocations', 'FunctionName', name);
  const list = chosenByTags(telemetry.listSeries, resources, { namespaces: ['Acme/Shop', 'AWS/Lambda'], tags });
  return { resources, services: async () => (await list()).map(({ service }) => service) };
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

it('tells of tags that cannot be read, and does not take them for missing', async () => {
  const list = chosenByTags(
    async () => [],
    { list: () => Promise.reject(new Error('not authorised')) },
    { namespaces: ['AWS/Lambda'], tags: [team] },
  );
  await expect(list()).rejects.toThrow('not authorised');
});
