import { z } from 'zod';
import { serviceNameSchema } from '../ids.ts';
import { refuse, withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const oneService = z.strictObject({ service: serviceNameSchema });
type OneService = z.infer<typeof oneService>;
const limit = z.strictObject({ service: serviceNameSchema, megabytes: z.number().positive().max(1_048_576) });
type Limit = z.infer<typeof limit>;

export const flushCache: Runbook<OneService> = {
  id: 'flush-cache',
  title: 'Empty the cache',
  risk: 'low',
  reversibility: { kind: 'transient', settlesWithinSeconds: 600 },
  parameters: oneService,
  expectedEffect: 'Cached entries are dropped and fetched anew; memory falls, and the hit rate dips and returns.',
  effectWithinSeconds: 300,
  blastRadius: () => ({ scope: 'service', capacityShare: 0 }),
  operation: ({ service }, topology) => withService(topology, service, () => ({ type: 'flushCache', service })),
  undo: null,
};

export const capCache: Runbook<Limit> = {
  id: 'cap-cache',
  title: 'Put an upper bound on the cache',
  risk: 'medium',
  reversibility: { kind: 'reversible' },
  parameters: limit,
  expectedEffect: 'The cache stops growing and old entries leave it: memory falls and stays level.',
  effectWithinSeconds: 180,
  blastRadius: () => ({ scope: 'service', capacityShare: 0 }),
  operation: ({ service, megabytes }, topology) =>
    withService(topology, service, ({ desired }) =>
      desired.cacheLimitMegabytes !== null && desired.cacheLimitMegabytes <= megabytes
        ? refuse(`the cache of ${service} is capped at ${desired.cacheLimitMegabytes} MB already`)
        : { type: 'setCacheLimit', service, megabytes },
    ),
  undo: ({ service }, before) =>
    before.cacheLimitMegabytes === undefined
      ? []
      : [{ type: 'setCacheLimit', service, megabytes: before.cacheLimitMegabytes }],
};
