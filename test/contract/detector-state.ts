import { beforeEach, describe, expect, it } from 'vitest';
import type { DetectorState } from '../../lambdas/ports/detector-state.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** What every DetectorState must do. */
export const describeDetectorState = (name: string, make: () => Promise<DetectorState>): void => {
  describe(`detector state: ${name}`, () => {
    let state: DetectorState;
    let shard: string;
    let shards = 0;
    beforeEach(async () => {
      state = await make();
      shards += 1;
      shard = `shard-${shards}`;
    });

    const load = async (known: string | null = null) => {
      const stored = await state.load(shard, known);
      return stored === null || stored === 'unchanged' ? stored : { ...stored, bytes: [...stored.body] };
    };
    const save = (tag: string | null, ...values: number[]) => state.save(shard, bytes(...values), tag);

    it('has null before the first save', async () => {
      expect(await load()).toBeNull();
      expect(await load('"0123456789abcdef0123456789abcdef"')).toBeNull();
    });

    it('saves bytes as they are, once for a tag of null', async () => {
      const tag = await save(null, 0, 255, 10, 13, 128);
      expect(tag).not.toBeNull();
      expect(await save(null, 1)).toBeNull();
      expect(await load()).toMatchObject({ bytes: [0, 255, 10, 13, 128], tag });
    });

    it('saves for the newest tag and for no older one', async () => {
      const first = await save(null, 1);
      const second = await save(first, 2);
      expect(second).not.toBe(first);
      expect(await save(first, 3)).toBeNull();
      expect(await load()).toMatchObject({ bytes: [2], tag: second });
    });

    it('saves the one of two that are saved side by side', async () => {
      const tag = await save(null, 0);
      const saved = await Promise.all([save(tag, 1), save(tag, 2)]);
      expect(saved.filter((one) => one !== null)).toHaveLength(1);
      expect(await load()).toMatchObject({ bytes: [saved[0] === null ? 2 : 1] });
    });

    it('says when nothing was saved since', async () => {
      const tag = await save(null, 1);
      expect(await load(tag)).toBe('unchanged');
      await save(tag, 2);
      expect(await load(tag)).toMatchObject({ bytes: [2] });
    });

    it('refuses a tag where nothing was saved', async () => {
      expect(await save('"0123456789abcdef0123456789abcdef"', 1)).toBeNull();
      expect(await load()).toBeNull();
    });
  });
};
