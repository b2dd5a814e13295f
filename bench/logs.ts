import { parseArgs } from 'node:util';
import { InputError, parseOrExplain, runBenchmark } from './command-line.ts';
import { readLogs } from './logs/corpus.ts';
import { groupingAccuracy } from './logs/grouping-accuracy.ts';
import { linesPerSecond, minerBytes, templatesOf } from './logs/measure.ts';
import { saveResult } from './save-result.ts';

const usage = 'usage: bench:logs -- --corpus DIR [--json]';

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

runBenchmark((args) => {
  const options = { corpus: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
  const { corpus, json } = parseOrExplain(() => parseArgs({ args: [...args], options }).values, usage);
  if (corpus === undefined) throw new InputError(`no --corpus given; ${usage}`);
  const logs = readLogs(corpus);
  const systems = logs.map(({ system, lines, events }) => ({
    system,
    groupingAccuracy: round(groupingAccuracy(templatesOf(lines), events)),
  }));
  const mean = round(systems.reduce((sum, each) => sum + each.groupingAccuracy, 0) / systems.length);
  const { bytes, templates } = minerBytes(logs);
  const report = { systems, mean, linesPerSecond: linesPerSecond(logs), memoryBytes: bytes, templates };
  saveResult('logs', report);
  if (json) return JSON.stringify(report);
  return [
    ...systems.map((each) => `${each.system.padEnd(14)} ${each.groupingAccuracy.toFixed(4)}`),
    `${'mean'.padEnd(14)} ${mean.toFixed(4)}`,
    `${report.linesPerSecond.toLocaleString('en')} lines/s on one core; ${templates} templates in ${(bytes / 1024).toFixed(0)} KiB`,
  ].join('\n');
});
