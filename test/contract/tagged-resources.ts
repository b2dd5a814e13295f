import { beforeEach, describe, expect, it } from 'vitest';
import type { Tag } from '../../lambdas/domain/signal/tag.ts';
import type { TaggedResources } from '../../lambdas/ports/tagged-resources.ts';

export type ResourcesUnderTest = {
  readonly resources: TaggedResources;
  /** A topic without tags, by its ARN. */
  makeTopic(name: string): Promise<string>;
  tag(arn: string, tags: readonly Tag[]): Promise<void>;
  untag(arn: string, names: readonly string[]): Promise<void>;
  remove(arn: string): Promise<void>;
};

const types = ['sns'];

/** What every TaggedResources must do. */
export const describeTaggedResources = (name: string, make: () => Promise<ResourcesUnderTest>): void => {
  describe(`tagged resources: ${name}`, () => {
    let under: ResourcesUnderTest;
    let one: string;
    let other: string;
    let count = 0;
    // A tag of this test alone, since a cloud holds what other tests made.
    let mine: Tag;
    const stage: Tag = { name: 'stage', value: 'prod' };
    const listed = async (...tags: readonly Tag[]) => [...(await under.resources.list({ types, tags }))].sort();

    beforeEach(async () => {
      under = await make();
      count += 1;
      mine = { name: 'team', value: `pay-${name}-${Date.now()}-${count}` };
      one = await under.makeTopic(`one-${count}`);
      other = await under.makeTopic(`other-${count}`);
    });

    it('lists those that have every tag, with the very value', async () => {
      expect(await listed(mine)).toEqual([]);
      await under.tag(one, [mine]);
      await under.tag(other, [mine, stage]);
      expect(await listed(mine)).toEqual([one, other].sort());
      expect(await listed(mine, stage)).toEqual([other]);
      expect(await listed({ ...mine, value: mine.value.toUpperCase() })).toEqual([]);
    });

    it('lists no more what lost a tag, was given another value, or is gone', async () => {
      await under.tag(one, [mine]);
      await under.tag(other, [mine]);
      await under.untag(one, ['team']);
      expect(await listed(mine)).toEqual([other]);
      await under.tag(one, [mine]);
      await under.tag(other, [{ ...mine, value: 'else' }]);
      expect(await listed(mine)).toEqual([one]);
      await under.remove(one);
      expect(await listed(mine)).toEqual([]);
    });

    it('lists the types that are asked for, and none when none is', async () => {
      await under.tag(one, [mine]);
      expect(await under.resources.list({ types: ['sqs', 'lambda:function'], tags: [mine] })).toEqual(new Set());
      expect(await under.resources.list({ types: [], tags: [mine] })).toEqual(new Set());
    });
  });
};
