import { beforeEach, describe, expect, it } from 'vitest';
import type { Archive } from '../../lambdas/ports/archive.ts';

/** What every Archive must do. */
export const describeArchive = (name: string, make: () => Promise<Archive>): void => {
  describe(`archive: ${name}`, () => {
    let archive: Archive;
    beforeEach(async () => {
      archive = await make();
    });

    it('gives back what was put, and the newest of two', async () => {
      await archive.put('incidents/one/evidence.json', 'first');
      await archive.put('incidents/one/evidence.json', '{"text":"zweite Fassung, größer"}');
      expect(await archive.get('incidents/one/evidence.json')).toBe('{"text":"zweite Fassung, größer"}');
    });

    it('has null for what was never put', async () => {
      expect(await archive.get('incidents/none/evidence.json')).toBeNull();
    });

    it('lists the keys under a prefix and no others', async () => {
      await archive.put('incidents/two/a.json', 'a');
      await archive.put('incidents/two/b/c.json', 'c');
      await archive.put('incidents/twofold/d.json', 'd');
      expect([...(await archive.list('incidents/two/'))].sort()).toEqual([
        'incidents/two/a.json',
        'incidents/two/b/c.json',
      ]);
      expect(await archive.list('incidents/nothing/')).toEqual([]);
    });
  });
};
