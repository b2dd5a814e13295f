import { z } from 'zod';
import { mechanisms } from '../../contract/target-api.ts';
import { serviceNames } from '../physics/services.ts';

export const faultKinds = ['cpu', 'memory', 'disk', 'crash', 'latency', 'errors'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What of the physics a fault may change; see docs/faults.md for units. */
export const parameters = [
  'cpuPerRequest',
  'backgroundCpu',
  'cpuSteal',
  'memoryLeak',
  'cacheGrowth',
  'payloadMemory',
  'logWriteRate',
  'temporaryWriteRate',
  'dataAdded',
  'errorShare',
  'addedLatency',
  'connectionLeak',
  'crashRate',
  'startFailure',
  'unavailable',
  'packetLoss',
  'credentialRejected',
  'cacheLoss',
  'queueBlocked',
  'addedDemand',
] as const;

/** How errors of `errorShare` read in the logs. */
export const wordings = ['exception', 'setting', 'flag', 'hardware', 'backend'] as const;

/** Where the fault sits, and thereby what clears it. */
export const carriers = [
  'process',
  'host',
  'version',
  'config',
  'traffic',
  'job',
  'logFiles',
  'temporaryFiles',
  'data',
  'credential',
  'message',
  'link',
  'primary',
  'cache',
  'cacheLimit',
  'connections',
] as const;
export type Carrier = (typeof carriers)[number];

const causeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,40}$/, 'a cause is lower case letters, digits and hyphens, 2 to 41 characters');

export const faultDefinitionSchema = z.strictObject({
  cause: causeSchema,
  kind: z.enum(faultKinds),
  title: z.string().min(1).max(120),
  truth: z.strictObject({
    mechanism: z.enum(mechanisms),
    /** `struck`, or a service by name when it is always the same one. */
    service: z.enum(['struck', ...serviceNames]),
  }),
  /** Services it can strike. */
  services: z.array(z.enum(serviceNames)).min(1),
  /** Instances of the struck service it takes hold of. */
  scope: z.enum(['one', 'all']),
  carrier: z.enum(carriers),
  /** Process carriers: hours until it takes hold again after it was cleared; never when absent. */
  returnsAfterHours: z.number().min(0.5).max(24).optional(),
  /** Minutes from nothing to full strength at severity 1; longer in proportion at a lower severity. */
  rampMinutes: z.number().min(0).max(120).default(0),
  intermittent: z
    .strictObject({ onSeconds: z.number().min(10).max(3600), offSeconds: z.number().min(10).max(3600) })
    .optional(),
  /** Only merchants that together make this share of the traffic. */
  merchantShare: z.number().min(0.05).max(1).default(1),
  perturbations: z
    .array(
      z.strictObject({
        parameter: z.enum(parameters),
        /** Value at severity 0 and at severity 1; between them in proportion. */
        from: z.number().min(0),
        to: z.number().min(0),
        wording: z.enum(wordings).optional(),
      }),
    )
    .min(1)
    .max(8),
  /** Measured at severity 0.8: the shop is hurt within five minutes of injection. */
  hurtsWithinFiveMinutes: z.boolean().default(false),
});
export type FaultDefinition = z.infer<typeof faultDefinitionSchema>;

/** One fault at work on one service. Times are epoch milliseconds. */
export const activeFaultSchema = z.strictObject({
  id: z.string().min(1).max(100),
  definition: faultDefinitionSchema,
  service: z.enum(serviceNames),
  /** The instance it strikes, for a scope of one; null: drawn by the seed among those running. */
  instance: z.string().nullable().default(null),
  severity: z.number().min(0.3, 'severity is 0.3 to 1').max(1, 'severity is 0.3 to 1'),
  startedAt: z.number(),
  /** Null: it has no end of its own. */
  endsAt: z.number().nullable(),
  seed: z.int(),
});
export type ActiveFault = z.infer<typeof activeFaultSchema>;

/** The truth a diagnosis is graded against; nothing that the responder reads carries it. */
export const truthOf = (fault: ActiveFault) => ({
  mechanism: fault.definition.truth.mechanism,
  service: fault.definition.truth.service === 'struck' ? fault.service : fault.definition.truth.service,
});
