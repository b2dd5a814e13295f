import type { PastAction } from '../domain/policy/limits.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Leases } from '../ports/leases.ts';
import { readRemediation } from '../shared/service-leases.ts';

const lookBackMilliseconds = 3_600_000;

/**
 * The actions that policy counts. An action ends, for policy, with the
 * remediation it belongs to: while its incident holds the service it runs, and
 * the cooldown counts from when the incident let go.
 */
export const readPastActions = async (
  incidents: Pick<Incidents, 'actionsSince'>,
  leases: Pick<Leases, 'holder'>,
  { now, cooldownSeconds }: { readonly now: number; readonly cooldownSeconds: number },
): Promise<readonly PastAction[]> => {
  const actions = await incidents.actionsSince(now - lookBackMilliseconds);
  const services = [...new Set(actions.map(({ operation }) => operation.service))];
  const remediations = new Map(
    await Promise.all(services.map(async (service) => [service, await readRemediation(leases, service, now)] as const)),
  );
  return actions.map(({ incidentId, operation: { service }, startedAt, endedAt }) => {
    const remediation = remediations.get(service);
    const running = remediation?.heldBy === incidentId;
    const cooling = remediation?.cooling?.owner === incidentId ? remediation.cooling : null;
    const letGoAt = cooling === null ? endedAt : cooling.expiresAt - cooldownSeconds * 1000;
    return { incidentId, service, startedAt, endedAt: running ? null : letGoAt };
  });
};
