import { beforeEach, describe, expect, it } from 'vitest';
import type { ScanArchive } from '../../lambdas/ports/scan-archive.ts';

/** What every ScanArchive must do. */
export const describeScanArchive = (name: string, make: () => Promise<ScanArchive>): void => {
  describe(`scan archive: ${name}`, () => {
    let archive: ScanArchive;
    beforeEach(async () => {
      archive = await make();
    });

    it('gives back what was put, and the newest of two', async () => {
      await archive.put('samples/one.json.gz', 'first');
      await archive.put('samples/one.json.gz', '{"text":"zweite Fassung, größer"}');
      expect(await archive.get('samples/one.json.gz')).toBe('{"text":"zweite Fassung, größer"}');
    });

    it('has null for what was never put', async () => {
      expect(await archive.get('samples/none.json.gz')).toBeNull();
    });

    it('lists the names under a prefix, in order, and no others', async () => {
      for (const one of ['samples/2/b', 'samples/2/a', 'samples/20/c', 'topology/2/d']) await archive.put(one, one);
      expect(await archive.list('samples/2/')).toEqual(['samples/2/a', 'samples/2/b']);
      expect(await archive.list('nothing/')).toEqual([]);
    });
  });
};
