import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTemplateMiner } from '../../lambdas/domain/signal/log-templates/template-miner.ts';
import { coreSeconds, median } from '../core-time.ts';
import type { LabelledLog } from './corpus.ts';

const runs = 5;
/** Each log is read this often in a run, so that a run is long enough to time. */
const repeats = 5;

/** The template that each line is of in the end, after all merges. */
export function templatesOf(lines: readonly string[]): string[] {
  const miner = createTemplateMiner();
  return lines.map((line, at) => miner.observe(line, at).id).map((id) => miner.resolve(id));
}

/** Lines a second on one core, all logs through one miner; median of five runs. */
export function linesPerSecond(logs: readonly LabelledLog[]): number {
  const lines = logs.flatMap((log) => log.lines);
  const rates = Array.from({ length: runs }, () => {
    const miner = createTemplateMiner();
    const seconds = coreSeconds(() => {
      for (let repeat = 0; repeat < repeats; repeat++) for (const line of lines) miner.observe(line, repeat);
    });
    return (lines.length * repeats) / seconds;
  });
  return Math.round(median(rates));
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** What a miner that has seen all logs keeps in memory. */
export function minerBytes(logs: readonly LabelledLog[]): { bytes: number; templates: number } {
  const before = heapBytes();
  const miner = createTemplateMiner();
  for (const log of logs) log.lines.forEach((line, at) => void miner.observe(line, at));
  const bytes = heapBytes() - before;
  return { bytes: Math.max(0, bytes), templates: miner.templates().length };
}
