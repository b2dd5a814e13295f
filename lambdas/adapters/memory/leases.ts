import type { Lease, Leases } from '../../ports/leases.ts';

export const memoryLeases = (): Leases => {
  const rows = new Map<string, Lease>();
  const holder = (name: string, now: number): Lease | null => {
    const row = rows.get(name);
    return row !== undefined && row.expiresAt > now ? row : null;
  };
  return {
    holder: async (name, now) => holder(name, now),
    take: async ({ name, owner, now, seconds }) => {
      const held = holder(name, now);
      if (held !== null && held.owner !== owner) return null;
      const fence = held === null ? (rows.get(name)?.fence ?? 0) + 1 : held.fence;
      const lease = { name, owner, fence, expiresAt: now + seconds * 1000 };
      rows.set(name, lease);
      return lease;
    },
    release: async ({ name, owner, fence }) => {
      const row = rows.get(name);
      if (row?.owner === owner && row.fence === fence) rows.set(name, { ...row, expiresAt: 0 });
    },
  };
};
