import type { IncidentId, ServiceName } from '../domain/ids.ts';
import type { Lease, Leases } from '../ports/leases.ts';

/** Outlasts the pause between two calls of an attempt by far, and a crashed attempt by little. */
const remediationSeconds = 600;

const remediationLease = (service: ServiceName): string => `remediation#${service}`;

const unique = (services: readonly ServiceName[]): readonly ServiceName[] => [...new Set(services)].sort();

/**
 * Takes or extends the lease of every service that a plan changes. All or none:
 * the name of a service that another incident holds is returned, and what was
 * taken for nothing is let go.
 */
export const holdServices = async (
  leases: Leases,
  incidentId: IncidentId,
  services: readonly ServiceName[],
  now: number,
): Promise<{ readonly held: true } | { readonly held: false; readonly busy: ServiceName }> => {
  const taken: Lease[] = [];
  for (const service of unique(services)) {
    const name = remediationLease(service);
    const lease = await leases.take({ name, owner: incidentId, now, seconds: remediationSeconds });
    if (lease === null) {
      for (const one of taken) await leases.release(one);
      return { held: false, busy: service };
    }
    taken.push(lease);
  }
  return { held: true };
};

/** Lets those of the services go that the incident still holds. */
export const releaseServices = async (
  leases: Leases,
  incidentId: IncidentId,
  services: readonly ServiceName[],
  now: number,
): Promise<void> => {
  for (const service of unique(services)) {
    const held = await leases.holder(remediationLease(service), now);
    if (held?.owner === incidentId) await leases.release(held);
  }
};
