import { z } from 'zod';
import { instanceIdSchema, serviceNameSchema } from '../ids.ts';

const service = serviceNameSchema;
const instance = instanceIdSchema;

/**
 * The target's control surface: what an operator of a platform can ask for.
 * A closed union; nothing here knows of faults.
 */
export const operationSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('restartInstance'), service, instance }),
  z.object({ type: z.literal('replaceInstance'), service, instance }),
  z.object({ type: z.literal('restartService'), service }),
  z.object({ type: z.literal('setInstanceCount'), service, count: z.int().min(1).max(12) }),
  z.object({ type: z.literal('deployVersion'), service, version: z.string() }),
  z.object({ type: z.literal('applyConfig'), service, revision: z.string() }),
  z.object({ type: z.literal('rotateLogs'), service }),
  z.object({ type: z.literal('restoreLogs'), service }),
  z.object({ type: z.literal('discardLogCopies'), service }),
  z.object({ type: z.literal('clearTemporaryFiles'), service }),
  z.object({ type: z.literal('restoreTemporaryFiles'), service }),
  z.object({ type: z.literal('discardTemporaryCopies'), service }),
  z.object({ type: z.literal('flushCache'), service }),
  z.object({ type: z.literal('setCacheLimit'), service, megabytes: z.number().positive().nullable() }),
  z.object({ type: z.literal('recycleConnections'), service }),
  z.object({ type: z.literal('pauseJob'), service, job: z.string() }),
  z.object({ type: z.literal('resumeJob'), service, job: z.string() }),
  z.object({ type: z.literal('quarantineMessage'), service, message: z.string() }),
  z.object({ type: z.literal('releaseMessage'), service, message: z.string() }),
  z.object({ type: z.literal('drainZone'), service, zone: z.string() }),
  z.object({ type: z.literal('restoreZone'), service, zone: z.string() }),
  z.object({ type: z.literal('failOverDependency'), service, dependency: serviceNameSchema }),
  z.object({ type: z.literal('failBackDependency'), service, dependency: serviceNameSchema }),
  z.object({ type: z.literal('rotateCredential'), service }),
  z.object({ type: z.literal('setAdmittedShare'), service, share: z.number().min(0.05).max(1) }),
  z.object({ type: z.literal('expandVolume'), service, gigabytes: z.number().positive() }),
]);
export type Operation = z.infer<typeof operationSchema>;

/** How far an operation has come. Asking again with the same key never does it twice. */
export const operationStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), key: z.string() }),
  z.object({
    state: z.literal('done'),
    key: z.string(),
    /** When its effect was complete (a restart: the process serves again), epoch milliseconds. */
    endedAt: z.number(),
    /** The changed fields of desired configuration, before and after; empty for a transient operation. */
    before: z.record(z.string(), z.json()),
    after: z.record(z.string(), z.json()),
  }),
  z.object({ state: z.literal('failed'), key: z.string(), endedAt: z.number(), reason: z.string() }),
]);
export type OperationStatus = z.infer<typeof operationStatusSchema>;
