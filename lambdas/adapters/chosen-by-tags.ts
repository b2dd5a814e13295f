import { isAwsNamespace, resourceOfArn, resourceOfMetric, typesIn } from '../contract/aws-resources.ts';
import type { Tag } from '../domain/signal/tag.ts';
import type { TaggedResources } from '../ports/tagged-resources.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/**
 * The listing, less what belongs to resources of AWS that lack one of the tags. Other namespaces know no
 * resources and stay as they are, and what a limit was declared for was chosen by that. Rejects when the tags cannot be read: what is watched is then as it was, not less.
 */
export function chosenByTags(
  listSeries: Telemetry['listSeries'],
  resources: TaggedResources,
  { namespaces, tags }: { readonly namespaces: readonly string[]; readonly tags: readonly Tag[] },
): Telemetry['listSeries'] {
  if (tags.length === 0) return listSeries;
  return async () => {
    const [series, arns] = await Promise.all([listSeries(), resources.list({ types: typesIn(namespaces), tags })]);
    const chosen = new Set([...arns].map(resourceOfArn));
    return series.filter((one) => {
      if (one.limit !== undefined) return true;
      const owner = resourceOfMetric(one);
      return owner === null ? !isAwsNamespace(one.namespace) : chosen.has(owner.resource);
    });
  };
}
