import type { Leases } from '../../ports/leases.ts';
import type { SimulateTools } from '../simulate-fleet.ts';

const name = 'simulation';

/**
 * The lease of the simulation. An invocation that is just beginning runs the
 * code deployed last, so it takes the lease from a holder with other code, which
 * then finds it gone at its next pass and stops.
 */
export function fleetLease(
  leases: Leases,
  { codeVersion, invocation }: { readonly codeVersion: string; readonly invocation: string },
  now: () => number,
): { readonly take: SimulateTools['lease']; release(): Promise<void> } {
  const owner = `${codeVersion}#${invocation}`;
  return {
    take: async ({ beginning, seconds }) => {
      const take = () => leases.take({ name, owner, now: now(), seconds });
      const lease = await take();
      if (lease !== null || !beginning) return lease?.fence ?? null;
      const holder = await leases.holder(name, now());
      if (holder?.owner.startsWith(`${codeVersion}#`)) return null;
      if (holder !== null) await leases.release(holder);
      return (await take())?.fence ?? null;
    },
    /** Hands it on after the last pass. */
    release: async () => {
      const holder = await leases.holder(name, now());
      if (holder?.owner === owner) await leases.release(holder);
    },
  };
}
