import {
  type CloudWatchClient,
  type Metric,
  type MetricDataQuery,
  paginateGetMetricData,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';
import pLimit from 'p-limit';
import type { DeclaredLimit } from '../../contract/declared-limits.ts';
import type { WatchedMetrics } from '../../contract/watched-metrics.ts';
import type { SeriesId } from '../../domain/ids.ts';
import type { Sample, Series } from '../../domain/signal/series.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { describeSeries } from '../describe-series.ts';

/** CloudWatch's limit on one GetMetricData. */
const queriesInCall = 500;
/** CloudWatch gives fifty times as many, but LocalStack looks each of them up by itself, at a millisecond or more. */
const pointsInCall = 2_000;
const parallelCalls = 3;

/** Series and samples of the watched namespaces. */
export function metricReader(
  client: CloudWatchClient,
  watched: readonly WatchedMetrics[],
  limits: readonly DeclaredLimit[] = [],
): Pick<Telemetry, 'listSeries' | 'readSamples'> {
  return {
    listSeries: async () => {
      const found = await Promise.all(watched.map((one) => listNamespace(client, one, limits)));
      // What a limit was declared for may be found twice.
      return [...new Map(found.flat().map((series) => [series.id, series])).values()];
    },
    readSamples: async ({ series, from, to, periodSeconds }) => {
      const periods = Math.max(1, Math.ceil((to - from) / 1_000 / periodSeconds));
      const size = Math.max(1, Math.min(queriesInCall, Math.floor(pointsInCall / periods)));
      const limit = pLimit(parallelCalls);
      const parts = await Promise.all(
        chunks(series, size).map((part) => limit(() => readPart(client, part, { from, to, periodSeconds }))),
      );
      return new Map(parts.flat());
    },
  };
}

/** Those with data in the last three hours: replaced instances leave the list. */
async function listNamespace(
  client: CloudWatchClient,
  { namespace, dimensions, declaredOnly }: WatchedMetrics,
  limits: readonly DeclaredLimit[],
): Promise<readonly Series[]> {
  const series: Series[] = [];
  const pages = paginateListMetrics(
    { client },
    {
      Namespace: namespace,
      RecentlyActive: 'PT3H',
      ...(dimensions.length === 0
        ? {}
        : { Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })) }),
    },
  );
  for await (const { Metrics = [] } of pages) {
    for (const metric of Metrics) {
      const one = toSeries(metric, limits);
      if (one !== null && (declaredOnly !== true || one.limit !== undefined)) series.push(one);
    }
  }
  return series;
}

function toSeries(
  { Namespace = '', MetricName = '', Dimensions = [] }: Metric,
  limits: readonly DeclaredLimit[],
): Series | null {
  const dimensions = Dimensions.map(({ Name = '', Value = '' }) => ({ name: Name, value: Value }));
  return describeSeries({ namespace: Namespace, metric: MetricName, dimensions }, limits);
}

async function readPart(
  client: CloudWatchClient,
  series: readonly Series[],
  { from, to, periodSeconds }: { from: number; to: number; periodSeconds: number },
): Promise<readonly (readonly [SeriesId, readonly Sample[]])[]> {
  const samples = series.map((): Sample[] => []);
  const failed = new Set<number>();
  const request = {
    StartTime: new Date(from),
    EndTime: new Date(to),
    ScanBy: 'TimestampAscending' as const,
    MetricDataQueries: series.map((one, index) => toQuery(one, index, periodSeconds)),
  };
  for await (const page of paginateGetMetricData({ client }, request)) {
    for (const { Id, Timestamps = [], Values = [], StatusCode } of page.MetricDataResults ?? []) {
      const index = Number(Id?.slice(1));
      const into = samples[index];
      if (into === undefined) throw new Error(`CloudWatch answered a query that was not asked: ${Id}`);
      // More of partial data comes with the next page; anything else that is not complete is no answer.
      if (StatusCode !== undefined && StatusCode !== 'Complete' && StatusCode !== 'PartialData') failed.add(index);
      Timestamps.forEach((time, index) => {
        const value = Values[index];
        const at = time.getTime();
        if (value !== undefined && at >= from && at < to) into.push({ at, value });
      });
    }
  }
  return series.flatMap(({ id }, index) => (failed.has(index) ? [] : [[id, samples[index] ?? []] as const]));
}

function toQuery(series: Series, index: number, periodSeconds: number): MetricDataQuery {
  return {
    Id: `q${index}`,
    MetricStat: {
      Metric: {
        Namespace: series.namespace,
        MetricName: series.metric,
        Dimensions: series.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      },
      Period: periodSeconds,
      Stat: series.statistic,
    },
  };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
