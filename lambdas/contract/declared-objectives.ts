import { z } from 'zod';
import { objectiveSchema } from '../domain/forecast/error-budget.ts';

/** What a person declared of services, one each. */
export const declaredObjectivesSchema = z
  .array(objectiveSchema)
  .max(10, 'at most ten objectives')
  .refine(
    (objectives) => new Set(objectives.map(({ service }) => service)).size === objectives.length,
    'a service has one objective',
  );
export type DeclaredObjective = z.infer<typeof declaredObjectivesSchema>[number];
