import type { Lease, Leases } from '../ports/leases.ts';

const leaseName = 'scan';

/** One invocation of detection: which code it runs and a name of its own. */
export type Scanner = { readonly codeVersion: string; readonly invocation: string };

const separator = '#';
const ownerOf = ({ codeVersion, invocation }: Scanner): string => `${codeVersion}${separator}${invocation}`;
const codeOf = (owner: string): string => owner.slice(0, owner.lastIndexOf(separator));

/**
 * Takes or extends the lease of the scan; null when another invocation holds
 * it. An invocation that is just beginning runs the code deployed last, so it
 * takes the lease from a holder with other code; that one finds its lease gone
 * at its next pass, and stops.
 */
export async function takeScanLease(
  leases: Leases,
  scanner: Scanner,
  { now, seconds, beginning }: { readonly now: number; readonly seconds: number; readonly beginning: boolean },
): Promise<Lease | null> {
  const owner = ownerOf(scanner);
  const lease = await leases.take({ name: leaseName, owner, now, seconds });
  if (lease !== null || !beginning) return lease;
  const holder = await leases.holder(leaseName, now);
  if (holder !== null) {
    if (codeOf(holder.owner) === scanner.codeVersion) return null;
    await leases.release(holder);
  }
  return leases.take({ name: leaseName, owner, now, seconds });
}

/** Hands the lease on when an invocation has made its last pass; nothing happens when it is not its own. */
export async function releaseScanLease(leases: Leases, scanner: Scanner, now: number): Promise<void> {
  const holder = await leases.holder(leaseName, now);
  if (holder?.owner === ownerOf(scanner)) await leases.release(holder);
}
