import { beforeEach, describe, expect, it } from 'vitest';
import type { Leases } from '../../lambdas/ports/leases.ts';

const now = Date.UTC(2026, 2, 3, 10);

/** What every Leases must do. */
export const describeLeases = (kind: string, make: () => Promise<Leases>): void => {
  describe(`leases: ${kind}`, () => {
    let leases: Leases;
    let name: string;
    let names = 0;
    beforeEach(async () => {
      leases = await make();
      names += 1;
      name = `remediation#service-${names}`;
    });
    const take = (owner: string, at = now, seconds = 60) => leases.take({ name, owner, now: at, seconds });

    it('is held by one owner at a time', async () => {
      expect(await take('one')).toEqual({ name, owner: 'one', fence: 1, expiresAt: now + 60_000 });
      expect(await take('two')).toBeNull();
      expect((await leases.holder(name, now))?.owner).toBe('one');
    });

    it('gives one of many who ask at once', async () => {
      const taken = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((owner) => take(owner)));
      expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
    });

    it('is extended by its owner under the same fence', async () => {
      await take('one');
      expect(await take('one', now + 30_000)).toEqual({ name, owner: 'one', fence: 1, expiresAt: now + 90_000 });
    });

    it('ends at its expiry and not before, and the next owner has a higher fence', async () => {
      await take('one');
      expect(await take('two', now + 59_999)).toBeNull();
      expect(await leases.holder(name, now + 60_000)).toBeNull();
      expect((await take('two', now + 60_000))?.fence).toBe(2);
      expect(await take('one', now + 60_001)).toBeNull();
    });

    it('gives a new fence to an owner who let it expire', async () => {
      await take('one');
      expect((await take('one', now + 60_000))?.fence).toBe(2);
    });

    it('is free at once after its owner released it', async () => {
      const lease = await take('one');
      if (lease === null) throw new Error('not taken');
      await leases.release(lease);
      expect(await leases.holder(name, now)).toBeNull();
      expect((await take('two'))?.fence).toBe(2);
    });

    it('is not released by a former owner', async () => {
      const former = await take('one', now, 1);
      await take('two', now + 1000);
      if (former === null) throw new Error('not taken');
      await leases.release(former);
      expect((await leases.holder(name, now + 1000))?.owner).toBe('two');
    });
  });
};
