import { z } from 'zod';
import { serviceNameSchema } from '../domain/ids.ts';
import { type Series, statistics } from '../domain/signal/series.ts';

/** A limit that no role knows of, such as a quota: whose metrics have it, and where it is. */
const declaredLimitSchema = z.strictObject({
  namespace: z.string().regex(/^[^:]{1,255}$/, 'a namespace has at most 255 characters and no colon'),
  metric: z.string().min(1).max(255),
  /** All dimensions of the metric; `*` for any value. */
  dimensions: z.record(z.string().min(1), z.string().min(1)).default({}),
  limit: z.number().positive(),
  unit: z.string().max(20).default(''),
  /** Whose trouble it is, where the dimensions do not tell. */
  service: serviceNameSchema.optional(),
  statistic: z.enum(statistics).optional(),
});
export type DeclaredLimit = z.infer<typeof declaredLimitSchema>;

export const declaredLimitsSchema = z.array(declaredLimitSchema).max(20, 'at most twenty limits');

/** The first that was declared for such a metric. */
export const declaredFor = (
  limits: readonly DeclaredLimit[],
  { namespace, metric, dimensions }: Pick<Series, 'namespace' | 'metric' | 'dimensions'>,
): DeclaredLimit | undefined =>
  limits.find(
    (one) =>
      one.namespace === namespace &&
      one.metric === metric &&
      Object.keys(one.dimensions).length === dimensions.length &&
      dimensions.every(({ name, value }) => [value, '*'].includes(one.dimensions[name] ?? '')),
  );
