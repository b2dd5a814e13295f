import { z } from 'zod';
import { serviceNameSchema } from '../ids.ts';
import { refuse, shareOfOne, withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const toVersion = z.strictObject({ service: serviceNameSchema, version: z.string().min(1).max(100) });
type ToVersion = z.infer<typeof toVersion>;
const toRevision = z.strictObject({ service: serviceNameSchema, revision: z.string().min(1).max(100) });
type ToRevision = z.infer<typeof toRevision>;

export const rollBackDeploy: Runbook<ToVersion> = {
  id: 'roll-back-deploy',
  title: 'Deploy an earlier version',
  risk: 'medium',
  reversibility: { kind: 'reversible' },
  parameters: toVersion,
  expectedEffect: 'The behaviour of the earlier version returns as its instances take over, one after another.',
  effectWithinSeconds: 240,
  blastRadius: ({ service }, topology) => ({ scope: 'service', capacityShare: shareOfOne(topology, service) }),
  operation: ({ service, version }, topology) =>
    withService(topology, service, (found) =>
      found.previousVersions.includes(version)
        ? { type: 'deployVersion', service, version }
        : refuse(`${version} is not an earlier version of ${service}`),
    ),
  undo: ({ service }, before) =>
    before.version === undefined ? [] : [{ type: 'deployVersion', service, version: before.version }],
};

export const restoreConfig: Runbook<ToRevision> = {
  id: 'restore-config',
  title: 'Apply an earlier configuration',
  risk: 'medium',
  reversibility: { kind: 'reversible' },
  parameters: toRevision,
  expectedEffect: 'The behaviour under the earlier configuration returns once every instance has read it.',
  effectWithinSeconds: 180,
  blastRadius: ({ service }, topology) => ({ scope: 'service', capacityShare: shareOfOne(topology, service) }),
  operation: ({ service, revision }, topology) =>
    withService(topology, service, (found) =>
      found.previousConfigRevisions.includes(revision)
        ? { type: 'applyConfig', service, revision }
        : refuse(`${revision} is not an earlier configuration of ${service}`),
    ),
  undo: ({ service }, before) =>
    before.configRevision === undefined ? [] : [{ type: 'applyConfig', service, revision: before.configRevision }],
};
