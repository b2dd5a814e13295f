import { z } from 'zod';
import { serviceNameSchema } from '../ids.ts';
import { findService, refuse, withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const oneService = z.strictObject({ service: serviceNameSchema });
type OneService = z.infer<typeof oneService>;
const oneZone = z.strictObject({ service: serviceNameSchema, zone: z.string().min(1).max(60) });
type OneZone = z.infer<typeof oneZone>;
const oneDependency = z.strictObject({ service: serviceNameSchema, dependency: serviceNameSchema });
type OneDependency = z.infer<typeof oneDependency>;
const admitted = z.strictObject({ service: serviceNameSchema, share: z.number().min(0.05).max(0.99) });
type Admitted = z.infer<typeof admitted>;

export const failOverZone: Runbook<OneZone> = {
  id: 'fail-over-zone',
  title: 'Take one zone of a service out of rotation',
  risk: 'high',
  reversibility: { kind: 'reversible' },
  parameters: oneZone,
  expectedEffect:
    'Requests no longer cross into the bad zone: errors and latency fall while the other zones carry the load.',
  effectWithinSeconds: 120,
  blastRadius: ({ service, zone }, topology) => {
    const instances = findService(topology, service)?.instances ?? [];
    const inZone = instances.filter((instance) => instance.zone === zone);
    return { scope: 'zone', capacityShare: instances.length === 0 ? 1 : inZone.length / instances.length };
  },
  operation: ({ service, zone }, topology) =>
    withService(topology, service, (found) => {
      const used = new Set(found.instances.map((instance) => instance.zone));
      if (!used.has(zone)) {
        return refuse(`${service} has no instance in zone ${zone}`);
      }
      const left = [...used].filter((each) => each !== zone && !found.desired.drainedZones.includes(each));
      if (left.length === 0) {
        return refuse(`${zone} is the last zone of ${service} in rotation`);
      }
      return found.desired.drainedZones.includes(zone)
        ? refuse(`zone ${zone} of ${service} is out of rotation already`)
        : { type: 'drainZone', service, zone };
    }),
  undo: ({ service, zone }, before) =>
    before.drainedZones?.includes(zone) === true ? [] : [{ type: 'restoreZone', service, zone }],
};

export const failOverDependency: Runbook<OneDependency> = {
  id: 'fail-over-dependency',
  title: 'Use the standby of a dependency',
  risk: 'high',
  reversibility: { kind: 'reversible' },
  parameters: oneDependency,
  expectedEffect: 'Calls to the dependency are answered by its standby: timeouts and errors of the caller end.',
  effectWithinSeconds: 120,
  blastRadius: () => ({ scope: 'service', capacityShare: 0 }),
  operation: ({ service, dependency }, topology) =>
    withService(topology, service, (found) => {
      if (!found.dependsOn.includes(dependency)) {
        return refuse(`${service} does not depend on ${dependency}`);
      }
      if (findService(topology, dependency)?.hasStandby !== true) {
        return refuse(`${dependency} has no standby`);
      }
      return found.desired.failedOverDependencies.includes(dependency)
        ? refuse(`${service} uses the standby of ${dependency} already`)
        : { type: 'failOverDependency', service, dependency };
    }),
  undo: ({ service, dependency }, before) =>
    before.failedOverDependencies?.includes(dependency) === true
      ? []
      : [{ type: 'failBackDependency', service, dependency }],
};

export const recycleConnections: Runbook<OneService> = {
  id: 'recycle-connections',
  title: 'Close and reopen the connection pools',
  risk: 'low',
  reversibility: { kind: 'transient', settlesWithinSeconds: 120 },
  parameters: oneService,
  expectedEffect: 'Connections that were held and never given back are free again; waiting for one ends.',
  effectWithinSeconds: 120,
  blastRadius: () => ({ scope: 'service', capacityShare: 0 }),
  operation: ({ service }, topology) =>
    withService(topology, service, ({ desired }) =>
      desired.connectionPoolSize === 0
        ? refuse(`${service} has no connection pool`)
        : { type: 'recycleConnections', service },
    ),
  undo: null,
};

export const limitCallers: Runbook<Admitted> = {
  id: 'limit-callers',
  title: 'Admit only a share of the calls',
  risk: 'high',
  reversibility: { kind: 'reversible' },
  parameters: admitted,
  expectedEffect: 'Admitted calls succeed in their usual time; the others are turned away at once.',
  effectWithinSeconds: 120,
  blastRadius: ({ share }) => ({ scope: 'callers', capacityShare: 1 - share }),
  operation: ({ service, share }, topology) =>
    withService(topology, service, ({ desired }) =>
      share >= desired.admittedShare
        ? refuse(`${service} admits ${desired.admittedShare} of its calls already`)
        : { type: 'setAdmittedShare', service, share },
    ),
  undo: ({ service }, before) =>
    before.admittedShare === undefined ? [] : [{ type: 'setAdmittedShare', service, share: before.admittedShare }],
};
