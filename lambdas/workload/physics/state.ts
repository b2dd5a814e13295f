import { z } from 'zod';
import { operationSchema } from '../../contract/target-api.ts';
import { serviceNames, zones } from './services.ts';

/** Length of one sub-step of the physics, milliseconds; the same live and virtual. */
export const subStepMilliseconds = 5000;
export const subStepSeconds = 5;
/** Sub-steps in the 60 s window that harm is judged by. */
export const windowSubSteps = 12;

const number = z.number();
const zone = z.enum(zones);

/** One process on one host. Times are epoch milliseconds; shares are 0 to 1. */
const instanceStateSchema = z.object({
  id: z.string(),
  zone,
  slot: number,
  phase: z.enum(['starting', 'running', 'crashed', 'stopping']),
  /** When the present phase ends; infinite phases hold 0. */
  phaseEndsAt: number,
  startedAt: number,
  version: z.string(),
  revision: z.string(),
  /** Grow by one with every new process, host, emptied cache and fresh pool. */
  process: number,
  /** Its value when restarts were last counted. */
  processCounted: number,
  host: number,
  cacheGeneration: number,
  poolGeneration: number,
  /** Consecutive exits soon after a start. */
  crashes: number,
  /** How far code and caches have warmed up since the process started. */
  warmth: number,
  cacheWarmth: number,
  cacheMegabytes: number,
  leakMegabytes: number,
  garbageMegabytes: number,
  payloadMegabytes: number,
  backlog: number,
  leakedConnections: number,
  logGigabytes: number,
  floodLogGigabytes: number,
  temporaryGigabytes: number,
  floodTemporaryGigabytes: number,
  addedDataGigabytes: number,
  noise: number,
  gcShare: number,
  gcPause: number,
  /** Utilisation of processor, memory, disk and connections of the last sub-steps, four values each, a ring by sub-step. */
  recent: z.array(number).length(windowSubSteps * 4),
});
export type InstanceState = z.infer<typeof instanceStateSchema>;

const rolloutSchema = z.object({
  kind: z.enum(['version', 'config', 'restart']),
  target: z.string(),
  waiting: z.array(z.string()),
  current: z.array(z.string()),
  currentEndsAt: number,
});
export type Rollout = z.infer<typeof rolloutSchema>;

const serviceStateSchema = z.object({
  name: z.enum(serviceNames),
  instanceCount: number,
  version: z.string(),
  revision: z.string(),
  previousVersions: z.array(z.string()),
  previousRevisions: z.array(z.string()),
  cacheLimitMegabytes: number.nullable(),
  volumeGigabytes: number,
  admittedShare: number,
  pausedJobs: z.array(z.string()),
  drainedZones: z.array(zone),
  failedOver: z.array(z.enum(serviceNames)),
  credential: z.string(),
  quarantined: z.array(z.string()),
  archivedLogGigabytes: number,
  archivedTemporaryGigabytes: number,
  instances: z.array(instanceStateSchema),
  rollouts: z.array(rolloutSchema),
  /** Share of attempts of each call that failed or timed out in the last sub-step. */
  attemptFailure: z.array(number),
  latencyNoise: number,
  meanLatency: number,
  failure: number,
  cpuMean: number,
  scaledAt: number,
  heldUntil: number,
});
export type ServiceState = z.infer<typeof serviceStateSchema>;

const operationRecordSchema = z.object({
  key: z.string(),
  operation: operationSchema,
  requestedAt: number,
  state: z.enum(['pending', 'done', 'failed']),
  /** When its timed effect falls due, or when waiting for it is given up. */
  dueAt: number,
  /** What it waits for: process generation awaited on an instance, or nothing. */
  awaited: number,
  endedAt: number,
  reason: z.string(),
  before: z.record(z.string(), z.json()),
  after: z.record(z.string(), z.json()),
});
export type OperationRecord = z.infer<typeof operationRecordSchema>;

/** What a fault at work has taken hold of. */
const gripSchema = z.object({
  id: z.string(),
  /** Start of the first sub-step in which it works. */
  beganAt: number,
  /** Generation of the carrier, by instance. */
  held: z.record(z.string(), number),
  /** Versions or revisions that carry it, the message key, the credential, the job or the zone. */
  tokens: z.array(z.string()),
  over: z.boolean(),
  returnsAt: number,
});
export type Grip = z.infer<typeof gripSchema>;

export const fleetStateSchema = z.object({
  layout: z.literal(1),
  seed: z.int(),
  /** Everything before this moment has been simulated, epoch milliseconds. */
  at: number,
  demandNoise: number,
  services: z.array(serviceStateSchema).length(serviceNames.length),
  /** Messages waiting, of those stuck and since when (0: none), and messages a second taken last. */
  queue: z.object({ depth: number, blocked: number, blockedSince: number, taken: number }),
  operations: z.array(operationRecordSchema),
  /** Keys of operations asked for up to this moment may have been forgotten. */
  operationsForgottenBefore: number,
  grips: z.array(gripSchema),
  /** The last sub-steps at the edge as customers see them, each a ring by sub-step. */
  customers: z.object({
    success: z.array(number).length(windowSubSteps),
    p95: z.array(number).length(windowSubSteps),
    requests: z.array(number).length(windowSubSteps),
    queueShare: z.array(number).length(windowSubSteps),
  }),
});
export type FleetState = z.infer<typeof fleetStateSchema>;

const copyInstance = (instance: InstanceState): InstanceState => ({ ...instance, recent: instance.recent.slice() });

const copyService = (service: ServiceState): ServiceState => ({
  ...service,
  previousVersions: service.previousVersions.slice(),
  previousRevisions: service.previousRevisions.slice(),
  instances: service.instances.map(copyInstance),
  rollouts: service.rollouts.map((rollout) => ({
    ...rollout,
    waiting: rollout.waiting.slice(),
    current: rollout.current.slice(),
  })),
  attemptFailure: service.attemptFailure.slice(),
});

/** A copy that the physics may change without the caller seeing it. */
export const copyState = (state: FleetState): FleetState => ({
  ...state,
  services: state.services.map(copyService),
  queue: { ...state.queue },
  operations: state.operations.map((record) => ({ ...record })),
  grips: state.grips.map((grip) => ({ ...grip, held: { ...grip.held }, tokens: grip.tokens.slice() })),
  customers: {
    success: state.customers.success.slice(),
    p95: state.customers.p95.slice(),
    requests: state.customers.requests.slice(),
    queueShare: state.customers.queueShare.slice(),
  },
});
