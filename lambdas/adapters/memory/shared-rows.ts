import type { SharedRow, SharedRows } from '../../ports/shared-rows.ts';

export const memorySharedRows = (): SharedRows => {
  const rows = new Map<string, SharedRow>();
  const current = (key: string): SharedRow => rows.get(key) ?? { key, version: 0, body: null, forgetAt: null };
  return {
    read: async (keys) => keys.map(current),
    write: async (changed) => {
      if (changed.some(({ key, version }) => current(key).version !== version)) return false;
      for (const row of changed) rows.set(row.key, { ...row, version: row.version + 1 });
      return true;
    },
  };
};
