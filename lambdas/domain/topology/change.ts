import { z } from 'zod';
import { instanceIdSchema, serviceNameSchema } from '../ids.ts';

export const changeKinds = [
  'deploy',
  'config',
  'scaling',
  'job',
  'restart',
  'cacheFlush',
  'logRotation',
  'operation',
] as const;

/** One line of the workload's change log; most changes are harmless. */
export const changeSchema = z.object({
  id: z.string(),
  at: z.number(),
  service: serviceNameSchema,
  instance: instanceIdSchema.nullable(),
  kind: z.enum(changeKinds),
  /** Who or what made it: `pipeline`, `autoscaler`, `scheduler`, `operator`. */
  actor: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  summary: z.string(),
});
export type Change = z.infer<typeof changeSchema>;
