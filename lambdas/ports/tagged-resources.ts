import type { Tag } from '../domain/signal/tag.ts';

/** The platform's resources and their tags. */
export type TaggedResources = {
  /** ARNs of the resources of these types (such as `lambda:function`) that have every one of the tags. Rejects when it cannot be told. */
  list(request: { readonly types: readonly string[]; readonly tags: readonly Tag[] }): Promise<ReadonlySet<string>>;
};
