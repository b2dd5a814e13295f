import type { Datum } from '../../lambdas/adapters/memory/telemetry.ts';
import { instanceDimension, serviceDimension } from '../../lambdas/contract/metrics.ts';
import { defaultStage, resourceNames } from '../../lambdas/contract/stage.ts';
import type { PublishedMetric } from '../../lambdas/workload/fleet.ts';

/** Under which name and dimensions the platform publishes a metric. */
export const datumMaker = (): ((metric: PublishedMetric) => Datum) => {
  const { serviceNamespace, instanceNamespace } = resourceNames(defaultStage);
  const dimensions = new Map<string, Datum['dimensions']>();
  return ({ metric, service, instance, at, value }) => {
    const key = instance ?? service;
    const known = dimensions.get(key) ?? [
      { name: serviceDimension, value: service },
      ...(instance === null ? [] : [{ name: instanceDimension, value: instance }]),
    ];
    dimensions.set(key, known);
    const namespace = instance === null ? serviceNamespace : instanceNamespace;
    return { namespace, metric, dimensions: known, at, value, samples: value };
  };
};
