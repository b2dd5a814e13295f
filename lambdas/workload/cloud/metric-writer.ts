import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import pLimit from 'p-limit';
import { instanceDimension, metricMeanings, serviceDimension } from '../../contract/metrics.ts';
import { resourceNames } from '../../contract/stage.ts';
import type { PublishedMetric } from '../fleet.ts';

/** CloudWatch's limit on one call. */
const dataInCall = 1_000;
const pointsOnTrial = 50;
const trials = 6;

/** Publishes in as few calls as CloudWatch allows: a call costs more than the points in it. */
export function metricWriter(client: CloudWatchClient, stage: string, stepSeconds: number) {
  const { serviceNamespace, instanceNamespace } = resourceNames(stage);
  // Points closer together than a minute are kept as such only when they are published as such.
  const resolution = stepSeconds < 60 ? { StorageResolution: 1 } : {};

  const send = async (namespace: string, data: readonly MetricDatum[]): Promise<void> => {
    for (let from = 0; from < data.length; from += dataInCall) {
      const part = data.slice(from, from + dataInCall);
      await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: part }));
    }
  };
  const toDatum = (point: PublishedMetric): MetricDatum => ({ ...datumOf(point), ...resolution });
  const namespaceOf = ({ instance }: PublishedMetric) => (instance === null ? serviceNamespace : instanceNamespace);

  return {
    publish: async (points: readonly PublishedMetric[]): Promise<void> => {
      const of = (namespace: string) => points.filter((point) => namespaceOf(point) === namespace).map(toDatum);
      await Promise.all([serviceNamespace, instanceNamespace].map((namespace) => send(namespace, of(namespace))));
    },
    /** One series after the other, so that each is whole when it is first seen. */
    publishSeries: async (series: readonly (readonly PublishedMetric[])[]): Promise<void> => {
      const limit = pLimit(2);
      await Promise.all(
        series.map((points) =>
          limit(async () => {
            const [first] = points;
            if (first !== undefined) await send(namespaceOf(first), points.map(toDatum));
          }),
        ),
      );
    },
    /** The best of several tries: the first call makes the connection, and a busy machine holds any one of them up. */
    pointsPerSecond: async (): Promise<number> => {
      const data = Array.from({ length: pointsOnTrial }, () => ({ MetricName: 'PointsTaken', Value: 1 }));
      let shortest = Number.POSITIVE_INFINITY;
      for (let count = 0; count < trials; count += 1) {
        const begun = performance.now();
        await send(`${serviceNamespace}/Trial`, data);
        shortest = Math.min(shortest, performance.now() - begun);
      }
      return (pointsOnTrial * 1_000) / shortest;
    },
  };
}

function datumOf({ metric, service, instance, at, value }: PublishedMetric): MetricDatum {
  const { unit, statistic } = metricMeanings[metric];
  return {
    MetricName: metric,
    Timestamp: new Date(at),
    Unit: unit,
    // What counts samples is published as so many samples of one.
    ...(statistic === 'SampleCount' ? { Values: [1], Counts: [value] } : { Value: value }),
    Dimensions: [
      { Name: serviceDimension, Value: service },
      ...(instance === null ? [] : [{ Name: instanceDimension, Value: instance }]),
    ],
  };
}
