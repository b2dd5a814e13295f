import { z } from 'zod';
import { serviceNameSchema } from '../ids.ts';
import { withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const oneService = z.strictObject({ service: serviceNameSchema });
type OneService = z.infer<typeof oneService>;

export const rotateCredential: Runbook<OneService> = {
  id: 'rotate-credential',
  title: 'Issue a new credential and retire the old one',
  risk: 'high',
  // The old credential is retired for good: there is nothing to go back to.
  reversibility: { kind: 'irreversible' },
  parameters: oneService,
  expectedEffect: 'Calls signed with the new credential are accepted: authorisation errors end.',
  effectWithinSeconds: 120,
  blastRadius: () => ({ scope: 'service', capacityShare: 0 }),
  operation: ({ service }, topology) => withService(topology, service, () => ({ type: 'rotateCredential', service })),
  undo: null,
};
