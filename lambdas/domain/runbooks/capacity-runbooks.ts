import { z } from 'zod';
import { serviceNameSchema } from '../ids.ts';
import { refuse, shareOfOne, withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const oneService = z.strictObject({ service: serviceNameSchema });
type OneService = z.infer<typeof oneService>;

/** `instances` is the wanted number after the step, so that doing it twice changes nothing more. */
const newCount = z.strictObject({ service: serviceNameSchema, instances: z.int().min(1).max(12) });
type NewCount = z.infer<typeof newCount>;

const undoCount: NonNullable<Runbook<NewCount>['undo']> = ({ service }, before) =>
  before.instanceCount === undefined ? [] : [{ type: 'setInstanceCount', service, count: before.instanceCount }];

export const restartService: Runbook<OneService> = {
  id: 'restart-service',
  title: 'Restart every instance of a service, one after another',
  risk: 'medium',
  reversibility: { kind: 'transient', settlesWithinSeconds: 300 },
  parameters: oneService,
  expectedEffect:
    'Every process of the service starts anew; memory, connections and stuck work return to normal on all of them.',
  effectWithinSeconds: 240,
  blastRadius: ({ service }, topology) => ({ scope: 'service', capacityShare: shareOfOne(topology, service) }),
  operation: ({ service }, topology) => withService(topology, service, () => ({ type: 'restartService', service })),
  undo: null,
};

export const scaleOut: Runbook<NewCount> = {
  id: 'scale-out',
  title: 'Add instances',
  risk: 'low',
  reversibility: { kind: 'reversible' },
  parameters: newCount,
  expectedEffect: 'Load spreads over more instances: utilisation and latency fall while the demand stays.',
  effectWithinSeconds: 180,
  blastRadius: () => ({ scope: 'service', capacityShare: 0 }),
  operation: ({ service, instances }, topology) =>
    withService(topology, service, ({ desired }) => {
      if (instances <= desired.instanceCount) {
        return refuse(`${service} has ${desired.instanceCount} instances already; ${instances} is not more`);
      }
      if (instances > desired.instanceCount * 3) {
        return refuse(`${instances} is more than three times the ${desired.instanceCount} instances of ${service}`);
      }
      return { type: 'setInstanceCount', service, count: instances };
    }),
  undo: undoCount,
};

export const scaleIn: Runbook<NewCount> = {
  id: 'scale-in',
  title: 'Remove instances',
  risk: 'medium',
  reversibility: { kind: 'reversible' },
  parameters: newCount,
  expectedEffect: 'Fewer instances hold fewer connections and less work against what they depend on.',
  effectWithinSeconds: 120,
  blastRadius: ({ service, instances }, topology) => {
    const present = topology.services.find(({ name }) => name === service)?.desired.instanceCount ?? instances;
    return { scope: 'service', capacityShare: present > instances ? (present - instances) / present : 0 };
  },
  operation: ({ service, instances }, topology) =>
    withService(topology, service, ({ desired }) =>
      instances >= desired.instanceCount
        ? refuse(`${service} has ${desired.instanceCount} instances; ${instances} is not fewer`)
        : { type: 'setInstanceCount', service, count: instances },
    ),
  undo: undoCount,
};
