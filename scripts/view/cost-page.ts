import { type CostEstimate, type CostLine, type ReadingWay, readingWays } from '../cost/estimate.ts';
import { prices } from '../cost/prices.ts';

const ways: Readonly<Record<ReadingWay, string>> = {
  getMetricData: 'GetMetricData (what Kintsugi does today)',
  metricStream: 'metric stream to S3',
  embeddedMetrics: 'embedded metric format, read from the log lines',
};

export function costLines(estimates: readonly CostEstimate[]): string[] {
  const head = `Dollars a month at list prices of ${prices.region}, ${prices.asOf}; free tiers and discounts left out.`;
  return [head, ...estimates.flatMap(oneEstimate)];
}

function oneEstimate({ metrics, intervalSeconds, reading, detection, publishing }: CostEstimate): string[] {
  const title = `${metrics.toLocaleString('en')} metrics, a scan every ${intervalSeconds} s`;
  return [
    '',
    title,
    ...readingWays.flatMap((way) => [
      `  reading by ${ways[way]}: ${dollars(reading[way].dollars)}`,
      ...reading[way].lines.map(line),
    ]),
    `  the rest of detection: ${dollars(detection.dollars)}`,
    ...detection.lines.map(line),
    `  in all: ${readingWays.map((way) => `${dollars(reading[way].dollars + detection.dollars)} (${way})`).join(', ')}`,
    `  besides, where the metrics are custom ones, for their being published: ${dollars(publishing.dollars)}`,
    line(publishing),
  ];
}

const line = (one: CostLine): string => `    ${dollars(one.dollars).padStart(10)}  ${one.what}: ${one.arithmetic}`;
const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
