import { z } from 'zod';
import { activeFaultSchema, faultDefinitionSchema } from './faults/definition.ts';
import { serviceNames } from './physics/services.ts';

/** What `inject-fault` is asked. The definition travels whole, so that a fault of one's own needs no deployment. */
export const injectRequestSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('inject'),
    definition: faultDefinitionSchema,
    service: z.enum(serviceNames),
    instance: z.string().nullable().default(null),
    severity: activeFaultSchema.shape.severity,
    /** Null: it has no end of its own. */
    forSeconds: z.number().positive().nullable().default(null),
    seed: z.int(),
  }),
  z.object({ action: z.literal('list') }),
  z.object({ action: z.literal('clear'), service: z.enum(serviceNames).nullable().default(null) }),
]);
export type InjectRequest = z.input<typeof injectRequestSchema>;

export const injectResponseSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('injected'), fault: activeFaultSchema }),
  /** Nothing was written: a fault is at work on that service. */
  z.object({ outcome: z.literal('refused'), reason: z.string() }),
  z.object({ outcome: z.literal('listed'), faults: z.array(activeFaultSchema) }),
  z.object({ outcome: z.literal('cleared'), faults: z.array(activeFaultSchema) }),
]);
export type InjectResponse = z.infer<typeof injectResponseSchema>;
