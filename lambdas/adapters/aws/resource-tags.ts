import { paginateGetResources, type ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { TaggedResources } from '../../ports/tagged-resources.ts';

/** The Resource Groups Tagging API of this region; what a resource had once and has no more does not count there. */
export const resourceTags = (client: ResourceGroupsTaggingAPIClient): TaggedResources => ({
  list: async ({ types, tags }) => {
    const arns = new Set<string>();
    if (types.length === 0) return arns;
    const request = {
      ResourceTypeFilters: [...types],
      TagFilters: tags.map(({ name, value }) => ({ Key: name, Values: [value] })),
    };
    for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client, pageSize: 100 }, request)) {
      for (const { ResourceARN } of ResourceTagMappingList) if (ResourceARN !== undefined) arns.add(ResourceARN);
    }
    return arns;
  },
});
