import { describeSeries, type MetricIdentity } from '../../lambdas/adapters/describe-series.ts';
import type { Series } from '../../lambdas/domain/signal/series.ts';

export const balancer = {
  namespace: 'AWS/ApplicationELB',
  dimensions: [{ name: 'LoadBalancer', value: 'app/front/50dc6c495c0c9188' }],
};

export const described = (identity: MetricIdentity): Series => {
  const series = describeSeries(identity);
  if (series === null) throw new Error(`${identity.metric} is no series`);
  return series;
};

export const failures = described({ ...balancer, metric: 'HTTPCode_Target_5XX_Count' });
export const demand = described({ ...balancer, metric: 'RequestCount' });
