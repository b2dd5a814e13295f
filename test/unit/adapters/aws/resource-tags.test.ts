import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { expect, it } from 'vitest';
import { resourceTags } from '../../../../lambdas/adapters/aws/resource-tags.ts';

it('asks for the types and tags, and reads on to the last page', async () => {
  const client = new ResourceGroupsTaggingAPIClient({ region: 'us-east-1' });
  const asked: unknown[] = [];
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        asked.push({ ...input });
        const page = asked.length;
        const output = {
          $metadata: {},
          ResourceTagMappingList: [{ ResourceARN: `arn:${page}` }],
          // AWS ends with an empty token, not without one.
          PaginationToken: page < 3 ? `after-${page}` : '',
        };
        return { response: {}, output };
      },
    { step: 'initialize' },
  );
  const tags = [{ name: 'team', value: 'pay' }];
  const arns = await resourceTags(client).list({ types: ['lambda:function'], tags });
  expect([...arns]).toEqual(['arn:1', 'arn:2', 'arn:3']);
  const filters = { ResourceTypeFilters: ['lambda:function'], TagFilters: [{ Key: 'team', Values: ['pay'] }] };
  expect(asked).toEqual([
    { ...filters, ResourcesPerPage: 100 },
    { ...filters, ResourcesPerPage: 100, PaginationToken: 'after-1' },
    { ...filters, ResourcesPerPage: 100, PaginationToken: 'after-2' },
  ]);
});
