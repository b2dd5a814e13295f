import { z } from 'zod';
import { instanceIdSchema, serviceNameSchema } from '../ids.ts';
import type { Topology } from '../topology/topology.ts';
import { refuse, shareOfOne, withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const parameters = z.strictObject({ service: serviceNameSchema, instance: instanceIdSchema });
type OneInstance = z.infer<typeof parameters>;

const onInstance = (
  type: 'restartInstance' | 'replaceInstance',
  { service, instance }: OneInstance,
  topology: Topology,
) =>
  withService(topology, service, (found) =>
    found.instances.some((each) => each.id === instance)
      ? { type, service, instance }
      : refuse(`${service} has no instance ${instance}`),
  );

const blastRadius = ({ service }: OneInstance, topology: Topology) => ({
  scope: 'instance' as const,
  capacityShare: shareOfOne(topology, service),
});

export const restartInstance: Runbook<OneInstance> = {
  id: 'restart-instance',
  title: 'Restart one instance',
  risk: 'low',
  reversibility: { kind: 'transient', settlesWithinSeconds: 300 },
  parameters,
  expectedEffect:
    'The process starts anew on the same host: memory, connections and runaway work of that instance return to normal.',
  effectWithinSeconds: 180,
  blastRadius,
  operation: (step, topology) => onInstance('restartInstance', step, topology),
  undo: null,
};

export const replaceInstance: Runbook<OneInstance> = {
  id: 'replace-instance',
  title: 'Replace one instance by a new one on another host',
  risk: 'low',
  reversibility: { kind: 'transient', settlesWithinSeconds: 300 },
  parameters,
  expectedEffect:
    'A new instance on another host takes the load; latency, errors and restarts of the old one disappear with it.',
  effectWithinSeconds: 180,
  blastRadius,
  operation: (step, topology) => onInstance('replaceInstance', step, topology),
  undo: null,
};
