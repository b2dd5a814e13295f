import { beforeEach, describe, expect, it } from 'vitest';
import type { DetectorState } from '../../lambdas/ports.ts';

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

    it('has null before the first save', async () => {
      expect(await state.load(shard)).toBeNull();
    });

    it('saves bytes as they are, once for a tag of null', async () => {
      expect(await state.save(shard, bytes(0, 255, 10, 13, 128), null)).toBe(true);
      expect(await state.save(shard, bytes(1), null)).toBe(false);
      expect([...((await state.load(shard))?.body ?? [])]).toEqual([0, 255, 10, 13, 128]);
    });

    it('saves for the tag that was read and for no older one', async () => {
      await state.save(shard, bytes(1), null);
      const first = await state.load(shard);
      expect(await state.save(shard, bytes(2), first?.tag ?? null)).toBe(true);
      expect(await state.save(shard, bytes(3), first?.tag ?? null)).toBe(false);
      expect([...((await state.load(shard))?.body ?? [])]).toEqual([2]);
    });

    it('refuses a tag where nothing was saved', async () => {
      expect(await state.save(shard, bytes(1), '"0123456789abcdef0123456789abcdef"')).toBe(false);
      expect(await state.load(shard)).toBeNull();
    });
  });
};
