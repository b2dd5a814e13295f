import { isAwsNamespace, resourceOfMetric, toServiceName } from '../contract/aws-resources.ts';
import { type DeclaredLimit, declaredFor } from '../contract/declared-limits.ts';
import { instanceDimension, metricMeanings, serviceDimension } from '../contract/metrics.ts';
import { instanceIdSchema, serviceNameSchema } from '../domain/ids.ts';
import { type Series, seriesIdOf } from '../domain/signal/series.ts';

export type MetricIdentity = Pick<Series, 'namespace' | 'metric' | 'dimensions'>;

const meanings: ReadonlyMap<string, Pick<Series, 'role' | 'statistic'>> = new Map(Object.entries(metricMeanings));

/**
 * What a stored metric is a series of: its role and statistic by its name, its
 * service and instance by its dimensions; in a namespace of AWS a resource is the service. Null for a metric that names no
 * service, or a service or an instance that can be none, or whose name is longer than
 * the id of a series may be: nothing can be correlated with it. Where a limit is declared, what names no service
 * belongs to the one that the declaration names, or to its namespace.
 */
export const describeSeries = (
  { namespace, metric, dimensions }: MetricIdentity,
  limits: readonly DeclaredLimit[] = [],
): Series | null => {
  const dimension = (wanted: string) => dimensions.find(({ name }) => name === wanted)?.value;
  const declared = declaredFor(limits, { namespace, metric, dimensions });
  const resource = resourceOfMetric({ namespace, metric, dimensions });
  if (resource === null && declared === undefined && isAwsNamespace(namespace)) return null;
  const named = [declared?.service, resource?.service, dimension(serviceDimension)];
  if (declared !== undefined) named.push(toServiceName(namespace, namespace));
  const service = named.map((name) => serviceNameSchema.safeParse(name)).find(({ success }) => success);
  if (service?.data === undefined) return null;
  const instance = instanceIdSchema.nullable().safeParse(dimension(instanceDimension) ?? null);
  if (!instance.success) return null;
  const meaning = resource ?? meanings.get(metric) ?? { role: 'other', statistic: declared ? 'Maximum' : 'Average' };
  const statistic = declared?.statistic ?? meaning.statistic;
  const id = seriesIdOf({ namespace, metric, dimensions, statistic });
  if (id === null) return null;
  return {
    id,
    namespace,
    metric,
    dimensions: [...dimensions],
    statistic,
    role: meaning.role,
    service: service.data,
    instance: instance.data,
    ...(declared === undefined ? {} : { limit: { value: declared.limit, unit: declared.unit } }),
  };
};
