import type { Command } from 'commander';
import { readLogs } from '../../bench/logs/corpus.ts';
import { groupingAccuracy } from '../../bench/logs/grouping-accuracy.ts';
import { linesPerSecond, minerBytes, templatesOf } from '../../bench/logs/measure.ts';
import { publishedFigures, type Report, renderReport } from '../../bench/logs/report.ts';
import { saveResult } from '../../bench/save-result.ts';

export function register(program: Command): void {
  program
    .command('bench:logs')
    .description('score the log template miner on a folder of *_structured.csv files')
    .requiredOption('--corpus <folder>', 'files with the columns Content and EventId')
    .option('--json', 'print one JSON object')
    .action(({ corpus, json }: { readonly corpus: string; readonly json?: boolean }) => {
      const report = measure(corpus);
      saveResult('logs', report);
      console.log(json === true ? JSON.stringify(publishedFigures(report)) : renderReport(report));
    });
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function measure(corpus: string): Report {
  const logs = readLogs(corpus);
  const systems = logs.map(({ system, lines, events }) => ({
    system,
    groupingAccuracy: round(groupingAccuracy(templatesOf(lines), events)),
  }));
  const mean = round(systems.reduce((sum, each) => sum + each.groupingAccuracy, 0) / systems.length);
  const { bytes, templates } = minerBytes(logs);
  return { systems, mean, linesPerSecond: linesPerSecond(logs), memoryBytes: bytes, templates };
}
