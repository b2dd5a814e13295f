import { isAwsNamespace, resourceOfMetric } from '../contract/aws-resources.ts';
import { instanceDimension, metricMeanings, serviceDimension } from '../contract/metrics.ts';
import { instanceIdSchema, seriesIdSchema, serviceNameSchema } from '../domain/ids.ts';
import type { Series } from '../domain/signal/series.ts';

export type MetricIdentity = Pick<Series, 'namespace' | 'metric' | 'dimensions'>;

const meanings: ReadonlyMap<string, Pick<Series, 'role' | 'statistic'>> = new Map(Object.entries(metricMeanings));

/**
 * What a stored metric is a series of: its role and statistic by its name, its
 * service and instance by its dimensions; in a namespace of AWS a resource is the service. Null for a metric that names no
 * service, or a service or an instance that can be none, or whose name is longer than
 * the id of a series may be: nothing can be correlated with it.
 */
export const describeSeries = ({ namespace, metric, dimensions }: MetricIdentity): Series | null => {
  const dimension = (wanted: string) => dimensions.find(({ name }) => name === wanted)?.value;
  const resource = resourceOfMetric({ namespace, metric, dimensions });
  if (resource === null && isAwsNamespace(namespace)) return null;
  const service = serviceNameSchema.safeParse(resource?.service ?? dimension(serviceDimension));
  if (!service.success) return null;
  const instance = instanceIdSchema.nullable().safeParse(dimension(instanceDimension) ?? null);
  if (!instance.success) return null;
  const { role, statistic } = resource ?? meanings.get(metric) ?? { role: 'other', statistic: 'Average' };
  const named = dimensions.map(({ name, value }) => `${name}=${value}`).join(',');
  const id = seriesIdSchema.safeParse(`${namespace}|${metric}|${named}|${statistic}`);
  if (!id.success) return null;
  return {
    id: id.data,
    namespace,
    metric,
    dimensions: [...dimensions],
    statistic,
    role,
    service: service.data,
    instance: instance.data,
  };
};
