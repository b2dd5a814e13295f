import { assumptions, prices } from './prices.ts';

export type CostLine = {
  readonly what: string;
  /** The multiplication, as one would write it down. */
  readonly arithmetic: string;
  readonly dollars: number;
};

export const readingWays = ['getMetricData', 'metricStream', 'embeddedMetrics'] as const;
export type ReadingWay = (typeof readingWays)[number];

export type CostEstimate = {
  readonly metrics: number;
  readonly intervalSeconds: number;
  /** Of reading the metrics alone, a month, by way. */
  readonly reading: Readonly<Record<ReadingWay, { readonly lines: readonly CostLine[]; readonly dollars: number }>>;
  /** Of everything else that detection does, whichever way it reads. */
  readonly detection: { readonly lines: readonly CostLine[]; readonly dollars: number };
  /** What custom metrics cost by being published, watched or not; nothing for those of AWS's own services. */
  readonly publishing: CostLine;
};

const number = (value: number): string => Math.round(value).toLocaleString('en');
const sum = (lines: readonly CostLine[]): number => lines.reduce((total, { dollars }) => total + dollars, 0);
const withSum = (lines: readonly CostLine[]) => ({ lines, dollars: sum(lines) });

/** A month of scans of so many metrics, each so many seconds. */
export function estimateCost(metrics: number, intervalSeconds: number): CostEstimate {
  const month = assumptions.daysInMonth * 86_400;
  const scans = month / intervalSeconds;
  const values = metrics * scans;
  // Metric streams send a minute at a time, whatever the interval of the scan.
  const updates = (metrics * month) / 60;
  return {
    metrics,
    intervalSeconds,
    reading: {
      getMetricData: withSum([
        {
          what: 'GetMetricData',
          arithmetic: `${number(metrics)} metrics × ${number(scans)} scans × $${prices.thousandMetricsRequested} / 1,000`,
          dollars: (values / 1000) * prices.thousandMetricsRequested,
        },
      ]),
      metricStream: withSum([
        {
          what: 'metric stream',
          arithmetic: `${number(metrics)} metrics × ${number(month / 60)} minutes × $${prices.thousandStreamUpdates} / 1,000`,
          dollars: (updates / 1000) * prices.thousandStreamUpdates,
        },
        {
          what: 'Firehose',
          arithmetic: `${number(updates)} updates × ${assumptions.bytesAStreamUpdate} B × $${prices.firehoseGigabyte} / GB`,
          dollars: gigabytes(updates * assumptions.bytesAStreamUpdate) * prices.firehoseGigabyte,
        },
        {
          what: 'objects of it',
          arithmetic: `${number(month / 60)} puts × $${prices.thousandPuts} / 1,000`,
          dollars: (month / 60 / 1000) * prices.thousandPuts,
        },
      ]),
      embeddedMetrics: withSum([
        {
          what: 'log lines',
          arithmetic: `${number(values)} values × ${assumptions.bytesAnEmbeddedValue} B × $${prices.logsGigabyte} / GB`,
          dollars: gigabytes(values * assumptions.bytesAnEmbeddedValue) * prices.logsGigabyte,
        },
      ]),
    },
    detection: withSum(detectionLines(metrics, scans)),
    publishing: publishing(metrics),
  };
}

function detectionLines(metrics: number, scans: number): readonly CostLine[] {
  const { seriesInShard, secondsAShard, secondsAPass, functionGigabytes, metricsInListing } = assumptions;
  const shards = Math.ceil(metrics / seriesInShard);
  // A single shard is scanned by the function that plans.
  const shardScans = shards === 1 ? 0 : shards * scans;
  const seconds = shards === 1 ? scans * secondsAShard : scans * secondsAPass + shardScans * secondsAShard;
  const puts = (shards + 1) * scans + shards * assumptions.archivePartsADay * assumptions.daysInMonth;
  const gets = (shards + 1) * scans;
  const archived = gigabytes(metrics * scans * assumptions.bytesAnArchivedSample);
  const listings = Math.ceil(metrics / metricsInListing) * assumptions.daysInMonth * 1440;
  return [
    {
      what: 'functions',
      arithmetic: `${number(seconds)} s × ${functionGigabytes} GB × $${prices.lambdaGigabyteSecond} + ${number(scans + shardScans)} invocations × $${prices.millionInvocations} / million`,
      dollars:
        seconds * functionGigabytes * prices.lambdaGigabyteSecond +
        ((scans + shardScans) / 1e6) * prices.millionInvocations,
    },
    {
      what: 'detector state and archive, puts and gets',
      arithmetic: `${number(puts)} puts × $${prices.thousandPuts} / 1,000 + ${number(gets)} gets × $${prices.thousandGets} / 1,000`,
      dollars: (puts / 1000) * prices.thousandPuts + (gets / 1000) * prices.thousandGets,
    },
    {
      what: 'archive, one month kept for a month',
      arithmetic: `${archived.toFixed(2)} GB × $${prices.storageGigabyteMonth}`,
      dollars: archived * prices.storageGigabyteMonth,
    },
    {
      what: 'listing of metrics',
      arithmetic: `${number(listings)} calls × $${prices.thousandCloudWatchCalls} / 1,000`,
      dollars: (listings / 1000) * prices.thousandCloudWatchCalls,
    },
    {
      what: 'lease and sweep',
      arithmetic: `${number(scans)} scans × (2 writes × $${prices.millionWrites} + 12 reads × $${prices.millionReads}) / million`,
      dollars: (scans / 1e6) * (2 * prices.millionWrites + 12 * prices.millionReads),
    },
  ];
}

function publishing(metrics: number): CostLine {
  const first = Math.min(metrics, 10_000);
  const rest = metrics - first;
  const more = rest === 0 ? '' : ` + ${number(rest)} × $${prices.customMetricAboveTenThousand}`;
  return {
    what: 'custom metrics',
    arithmetic: `${number(first)} metrics × $${prices.customMetric}${more}`,
    dollars: first * prices.customMetric + rest * prices.customMetricAboveTenThousand,
  };
}

const gigabytes = (bytes: number): number => bytes / 1e9;
