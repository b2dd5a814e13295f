import type { Command } from 'commander';
import { saveResult } from '../../bench/save-result.ts';
import { growthExponent, measureScan, type ScanPoint, sizesUpTo } from '../../bench/scan/measure.ts';
import { wholeNumber } from '../operator/option-values.ts';

type Options = { readonly metrics: string; readonly seriesInShard: string; readonly json?: boolean };

export function register(program: Command): void {
  program
    .command('bench:scan')
    .description('measure one scan on one core, without the time of the cloud, and how it grows with the metrics')
    .option('--metrics <number>', 'the most to scan; smaller numbers from 100 are measured before it', '10000')
    .option('--series-in-shard <number>', 'how many series one shard holds at most', '500')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const metrics = wholeNumber('--metrics', options.metrics, 100, 100_000);
      const seriesInShard = wholeNumber('--series-in-shard', options.seriesInShard, 1, 2000);
      const points: ScanPoint[] = [];
      // The compiler is warmed up by a size that is not kept.
      await measureScan(100, seriesInShard);
      for (const size of sizesUpTo(metrics)) points.push(await measureScan(size, seriesInShard));
      const report = { seriesInShard, points, growthExponent: points.length < 2 ? null : growthExponent(points) };
      saveResult('scan', report);
      console.log(options.json === true ? JSON.stringify(report) : page(report));
    });
}

function page(report: { readonly points: readonly ScanPoint[]; readonly growthExponent: number | null }): string {
  const lines = report.points.map(
    (point) =>
      `${String(point.metrics).padStart(7)}  ${String(point.shards).padStart(6)}  ${point.meanSeconds.toFixed(3).padStart(8)} s  ` +
      `${point.slowestSeconds.toFixed(3).padStart(8)} s  ${point.learnSeconds.toFixed(2).padStart(7)} s  ` +
      `${(point.stateBytesPerMetric / 1024).toFixed(1).padStart(6)} KiB  ${point.archiveBytesPerSample.toFixed(1).padStart(6)} B  ${String(point.incidents).padStart(4)}`,
  );
  return [
    'metrics  shards       mean     slowest  learning  state/metric  archive/sample  incidents',
    ...lines,
    report.growthExponent === null
      ? 'growth: more than one size is needed to tell'
      : `growth: seconds go with the ${report.growthExponent.toFixed(2)}th power of the number of metrics (1 is linear)`,
  ].join('\n');
}
