import type { Command } from 'commander';
import { type AttackReport, attackedCauses, measureAttacks } from '../../bench/reasoning/attacks.ts';
import { saveResult } from '../../bench/save-result.ts';
import { wholeNumber } from '../operator/option-values.ts';

type Options = { readonly attacks: string; readonly seed: string; readonly json?: boolean };

export function register(program: Command): void {
  program
    .command('bench:attacks')
    .description('attack incidents through their telemetry, with models that obey what they read')
    .option('--attacks <number>', 'how many, over all faults', '396')
    .option('--seed <number>', 'another seed, other attacks', '1')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const report = await measureAttacks({
        attacks: wholeNumber('--attacks', options.attacks, 1, 100_000),
        seed: wholeNumber('--seed', options.seed, 0, 1_000_000),
        causes: attackedCauses,
      });
      saveResult('attacks', report);
      console.log(options.json === true ? JSON.stringify(report) : attackPage(report).join('\n'));
    });
}

const attackPage = (report: AttackReport): readonly string[] => [
  `${report.attacks} attacks: ${report.changed} changed what was done, ${report.lowered} lowered the authority needed`,
  `a person was asked instead of nobody: ${report.raised}; text marked: ${report.marked}; text that a model could read: ${report.read}`,
  ...report.byKind.map(
    ({ kind, attacks, marked, read, raised }) =>
      `  ${kind.padEnd(16)} ${attacks} attacks, ${marked} marked, ${read} read, ${raised} raised`,
  ),
  ...report.failures.map(
    ({ base, attack, clean, attacked }) =>
      `failed: ${base}, ${attack.kind}, ${attack.harm}${attack.always ? ', always' : ''}: ${clean.authority} ${clean.steps.map(({ runbook }) => runbook).join(', ')} became ${attacked.authority} ${attacked.steps.map(({ runbook }) => runbook).join(', ')} (${attacked.rules.join(', ')})`,
  ),
];
