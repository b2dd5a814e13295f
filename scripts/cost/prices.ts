/**
 * List prices of AWS in us-east-1, in dollars, without free tiers and discounts. Look them up again before relying on
 * them: https://aws.amazon.com/cloudwatch/pricing, /lambda/pricing, /s3/pricing, /dynamodb/pricing, /firehose/pricing.
 */
export const prices = {
  asOf: '2025-11',
  region: 'us-east-1',
  /** GetMetricData, a thousand metrics requested; there is no charge for the number of their points. */
  thousandMetricsRequested: 0.01,
  /** Metric streams, a thousand updates: a metric and a minute is one, with its sum, count, minimum and maximum. */
  thousandStreamUpdates: 0.003,
  /** Firehose, a gigabyte taken in. */
  firehoseGigabyte: 0.029,
  /** Custom metrics, one a month: the first ten thousand, and those above. */
  customMetric: 0.3,
  customMetricAboveTenThousand: 0.1,
  /** CloudWatch Logs, a gigabyte taken in. */
  logsGigabyte: 0.5,
  /** ListMetrics and other calls, a thousand. */
  thousandCloudWatchCalls: 0.01,
  /** Lambda on arm64: a gigabyte-second, and a million invocations. */
  lambdaGigabyteSecond: 0.0000133334,
  millionInvocations: 0.2,
  thousandPuts: 0.005,
  thousandGets: 0.0004,
  storageGigabyteMonth: 0.023,
  /** DynamoDB on demand, a million units. */
  millionWrites: 0.625,
  millionReads: 0.125,
} as const;

/** What is assumed of sizes and times, beside the prices. */
export const assumptions = {
  daysInMonth: 30,
  seriesInShard: 500,
  /** Of a function of 1 GB, for one shard: reading, judging, saving. */
  secondsAShard: 2,
  /** Of the function that plans and correlates, waiting for the shards included. */
  secondsAPass: 3,
  functionGigabytes: 1,
  /** Of one update of a metric stream, as JSON. */
  bytesAStreamUpdate: 400,
  /** Of one value in the embedded metric format, with its share of the document around it. */
  bytesAnEmbeddedValue: 90,
  /** Of one sample in the archive, compressed. */
  bytesAnArchivedSample: 7,
  archivePartsADay: 144,
  /** Listing gives five hundred metrics a call, once a minute. */
  metricsInListing: 500,
} as const;
