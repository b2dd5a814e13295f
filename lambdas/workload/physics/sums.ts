import { type MetricName, metricMeanings } from '../../contract/metrics.ts';

export type Reading = { readonly metric: MetricName; readonly value: number; readonly weight: number };

/** Where in a row each metric is. */
export type Columns<Metric extends MetricName> = ReadonlyMap<Metric, number>;

export const columnsOf = <Metric extends MetricName>(metrics: readonly Metric[]): Columns<Metric> =>
  new Map(metrics.map((metric, column) => [metric, column]));

/** Values of some metrics by row, each added up, or the largest kept, as the metric's own statistic has it. */
export class Sums<Metric extends MetricName> {
  private readonly columns: Columns<Metric>;
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;

  constructor(rows: number, columns: Columns<Metric>) {
    this.columns = columns;
    this.sums = new Float64Array(rows * columns.size);
    this.counts = new Float64Array(rows * columns.size);
  }

  add(row: number, metric: Metric, value: number): void {
    const place = row * this.columns.size + (this.columns.get(metric) ?? 0);
    const sum = this.sums[place] ?? 0;
    this.sums[place] = metricMeanings[metric].statistic === 'Maximum' ? Math.max(sum, value) : sum + value;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }

  /** What was added to a row, as it is published. */
  readings(row: number): readonly Reading[] {
    const first = row * this.columns.size;
    const readings: Reading[] = [];
    for (const [metric, column] of this.columns) {
      const weight = this.counts[first + column] ?? 0;
      if (weight > 0)
        readings.push({ metric, value: published(metric, this.sums[first + column] ?? 0, weight), weight });
    }
    return readings;
  }
}

function published(metric: MetricName, sum: number, count: number): number {
  switch (metricMeanings[metric].statistic) {
    case 'Average':
      return round(sum / count);
    case 'SampleCount':
      return count;
    default:
      return round(sum);
  }
}

/** Platforms publish a few digits, not all of a double. */
const round = (value: number): number => Math.round(value * 1000) / 1000;
