import { z } from 'zod';
import { instanceIdSchema, serviceNameSchema } from '../ids.ts';

export const serviceKinds = ['gateway', 'service', 'worker', 'database', 'cache'] as const;

export const instanceStates = ['starting', 'running', 'crashed', 'stopping'] as const;

export const instanceSchema = z.object({
  id: instanceIdSchema,
  zone: z.string(),
  state: z.enum(instanceStates),
  version: z.string(),
  /** Start of the current process, epoch milliseconds. */
  startedAt: z.number(),
});

/** Desired configuration as an operator sets it. An undo restores every field that its action changed. */
export const desiredConfigurationSchema = z.object({
  instanceCount: z.int().min(0),
  version: z.string(),
  configRevision: z.string(),
  /** Upper bound of the in-process cache in megabytes; null where it has none. */
  cacheLimitMegabytes: z.number().nullable(),
  volumeGigabytes: z.number(),
  connectionPoolSize: z.int(),
  /** Share of offered calls admitted, 0 to 1; 1 is no limit. */
  admittedShare: z.number().min(0).max(1),
  pausedJobs: z.array(z.string()),
  /** Zones out of rotation. */
  drainedZones: z.array(z.string()),
  /** Dependencies served by their standby instead of the primary. */
  failedOverDependencies: z.array(serviceNameSchema),
  /** Names the credential in use; a rotation makes a new one. */
  credential: z.string(),
  /** Message keys taken out of the input, kept aside. */
  quarantinedMessages: z.array(z.string()),
});
export type DesiredConfiguration = z.infer<typeof desiredConfigurationSchema>;

export const serviceSchema = z.object({
  name: serviceNameSchema,
  kind: z.enum(serviceKinds),
  dependsOn: z.array(serviceNameSchema),
  /** The same service answering from a second place exists, so a caller can fail over to it. */
  hasStandby: z.boolean(),
  jobs: z.array(z.string()),
  desired: desiredConfigurationSchema,
  /** Deployed before the present version, newest first; what a roll-back may name. */
  previousVersions: z.array(z.string()),
  previousConfigRevisions: z.array(z.string()),
  instances: z.array(instanceSchema),
});
export type Service = z.infer<typeof serviceSchema>;

/** What the platform's own API shows of the workload at one moment. */
export const topologySchema = z.object({
  at: z.number(),
  /** False where the platform takes no operation from here; then the rest is what its telemetry names. */
  operable: z.boolean().optional(),
  zones: z.array(z.string()),
  services: z.array(serviceSchema),
});
export type Topology = z.infer<typeof topologySchema>;

export const noControlSurface =
  'the workload has no control surface here: nothing can be carried out on it but by hand';
