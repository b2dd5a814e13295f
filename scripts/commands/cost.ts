import type { Command } from 'commander';
import { isScanInterval, scanIntervalsText } from '../../lambdas/contract/scan-interval.ts';
import { estimateCost } from '../cost/estimate.ts';
import { assumptions, prices } from '../cost/prices.ts';
import { wholeNumber } from '../operator/option-values.ts';
import { UserError } from '../user-error.ts';
import { costLines } from '../view/cost-page.ts';

type Options = { readonly metrics: string; readonly interval: string; readonly json?: boolean };

export function register(program: Command): void {
  program
    .command('cost')
    .description('print what a month of detection costs on AWS by three ways of reading metrics, with the arithmetic')
    .option('--metrics <numbers>', 'how many metrics, several with commas between them', '100,1000,10000')
    .option('--interval <seconds>', `time between two scans: ${scanIntervalsText}`, '60')
    .option('--json', 'print one JSON object')
    .action(({ metrics, interval, json }: Options) => {
      const seconds = intervalOf(interval);
      const estimates = metrics
        .split(',')
        .map((one) => estimateCost(wholeNumber('--metrics', one.trim(), 1, 1_000_000), seconds));
      if (json === true) console.log(JSON.stringify({ prices, assumptions, estimates }));
      else console.log(costLines(estimates).join('\n'));
    });
}

const intervalOf = (text: string): number => {
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (isScanInterval(seconds)) return seconds;
  throw new UserError(`--interval is '${text}': it may be ${scanIntervalsText} seconds.`);
};
