import { type MetricRole, type Series, seriesIdOf } from '../domain/signal/series.ts';
import { isSparseCounter } from '../domain/signal/sparse-counters.ts';
import { isAwsNamespace, requestsMetricIn } from './aws-resources.ts';
import { metricMeanings } from './metrics.ts';

const role: MetricRole = 'requests';
const requestsByName = Object.entries(metricMeanings).find(([, meaning]) => meaning.role === role)?.[0];

/**
 * The requests of what a sparse counter counts the failures of: the metric of that role in the same namespace with the
 * same dimensions. It need not exist. Null for other series, and where a namespace of AWS publishes no requests.
 */
export function requestsBeside(series: Series): Series | null {
  if (!isSparseCounter(series)) return null;
  const { namespace, dimensions, statistic, service, instance } = series;
  const metric = isAwsNamespace(namespace) ? requestsMetricIn(namespace) : requestsByName;
  if (metric === undefined) return null;
  const id = seriesIdOf({ namespace, metric, dimensions, statistic });
  return id === null ? null : { id, namespace, metric, dimensions, statistic, role, service, instance };
}
