import { z } from 'zod';
import { operationSchema, operationStatusSchema } from '../domain/topology/operation.ts';
import { topologySchema } from '../domain/topology/topology.ts';

/** What `operate-fleet` is asked and answers: the workload's platform API. */
export const targetRequestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('describe') }),
  z.object({ action: z.literal('operate'), key: z.string().min(1).max(200), operation: operationSchema }),
]);
export type TargetRequest = z.infer<typeof targetRequestSchema>;

export const describeResponseSchema = topologySchema;
export const operateResponseSchema = operationStatusSchema;

export { mechanisms } from '../domain/diagnosis/mechanism.ts';
export { type InstanceId, instanceIdSchema, type ServiceName, serviceNameSchema } from '../domain/ids.ts';
export type { LogLine } from '../domain/signal/series.ts';
export type { Change } from '../domain/topology/change.ts';
export {
  type Operation,
  type OperationStatus,
  operationSchema,
} from '../domain/topology/operation.ts';
export { type Topology, topologySchema } from '../domain/topology/topology.ts';
