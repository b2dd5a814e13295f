import { z } from 'zod';
import { activeFaultSchema } from '../../lambdas/workload/faults/definition.ts';

export const healers = ['kintsugi', 'nothing', 'restart-noisiest', 'random'] as const;
export type Healer = (typeof healers)[number];

/** One run, with everything that is drawn already drawn: playing it twice gives the same course. */
export const scenarioPlanSchema = z.object({
  name: z.string(),
  seed: z.int(),
  /** Begin of the run, epoch milliseconds. */
  at: z.number(),
  stepSeconds: z.int().positive(),
  /** The run ends then at the latest, seconds from its begin. */
  lengthSeconds: z.number().positive(),
  /** Ends as soon as every fault has been answered and its outcome shown. */
  endsWhenSettled: z.boolean(),
  faults: z.array(activeFaultSchema),
});
export type ScenarioPlan = z.infer<typeof scenarioPlanSchema>;
