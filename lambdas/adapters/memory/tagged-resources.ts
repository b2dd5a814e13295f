import type { Tag } from '../../domain/signal/tag.ts';
import type { TaggedResources } from '../../ports/tagged-resources.ts';

export type MemoryTaggedResources = TaggedResources & {
  /** Puts tags on a resource; one that it has already gets the new value. */
  tag(arn: string, tags: readonly Tag[]): void;
  untag(arn: string, names: readonly string[]): void;
  remove(arn: string): void;
};

export const memoryTaggedResources = (): MemoryTaggedResources => {
  const resources = new Map<string, Map<string, string>>();
  return {
    tag: (arn, tags) => {
      const kept = resources.get(arn) ?? new Map<string, string>();
      for (const { name, value } of tags) kept.set(name, value);
      resources.set(arn, kept);
    },
    untag: (arn, names) => {
      for (const name of names) resources.get(arn)?.delete(name);
    },
    remove: (arn) => {
      resources.delete(arn);
    },
    list: async ({ types, tags }) => {
      const wanted = [...resources].filter(
        ([arn, has]) =>
          types.some((type) => isOf(arn, type)) && tags.every(({ name, value }) => has.get(name) === value),
      );
      return new Set(wanted.map(([arn]) => arn));
    },
  };
};

/** `service` or `service:resource`, as the tagging API filters: the resource's type ends with a colon or a slash. */
function isOf(arn: string, type: string): boolean {
  const [, , service, , , ...rest] = arn.split(':');
  const [wantedService, wantedType] = type.split(':');
  const resource = rest.join(':').replace(/^\//, '');
  return service === wantedService && (wantedType === undefined || resource.split(/[:/]/)[0] === wantedType);
}
