import type { DetectorState } from '../../ports.ts';

export const memoryDetectorState = (): DetectorState => {
  const shards = new Map<string, { readonly body: Uint8Array; readonly tag: string }>();
  let writes = 0;
  return {
    load: async (shard) => shards.get(shard) ?? null,
    save: async (shard, body, tag) => {
      if ((shards.get(shard)?.tag ?? null) !== tag) return false;
      writes += 1;
      shards.set(shard, { body, tag: `${writes}` });
      return true;
    },
  };
};
