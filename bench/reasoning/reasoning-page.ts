import type { AddedTime } from './measure-added-time.ts';
import { outageLines } from './measure-outages.ts';
import type { ReasoningReport } from './measure-reasoning.ts';

/** The figures in words. */
export const reasoningPage = (report: ReasoningReport): readonly string[] => [
  'of the incidents, by the share of calls that fail:',
  line('', ...report.rates.map(({ failShare }) => percent(failShare, 0))),
  line('valid plan without builtin', ...report.rates.map(({ byModel }) => percent(byModel))),
  line('  ceiling by arithmetic', ...report.rates.map(({ ceiling }) => percent(ceiling))),
  line('valid plan with builtin', ...report.rates.map(({ withBuiltin }) => percent(withBuiltin))),
  line('first try', ...report.rates.map(({ firstTry }) => percent(firstTry))),
  line('after retries', ...report.rates.map(({ afterRetries }) => percent(afterRetries))),
  line('mean supervised attempts', ...report.rates.map(({ meanSupervised }) => meanSupervised.toFixed(3))),
  line('mean diagnostics', ...report.rates.map(({ meanDiagnostics }) => meanDiagnostics.toFixed(3))),
  line('mean model calls', ...report.rates.map(({ meanCalls }) => meanCalls.toFixed(2))),
  line('unhandled exceptions', ...report.rates.map(({ exceptions }) => String(exceptions))),
  line('stuck', ...report.rates.map(({ stuck }) => String(stuck))),
  line('crashes', ...report.crashes.map(({ crashes }) => String(crashes))),
  line('  recovered', ...report.crashes.map(({ recovered }) => percent(recovered))),
  line('  replies paid twice', ...report.crashes.map(({ paidTwice }) => String(paidTwice))),
  '',
  `${report.rates[0]?.incidents ?? 0} incidents each, of ${report.evidence.length} faults with ${Math.min(...report.evidence)} to ${Math.max(...report.evidence)} pieces of evidence`,
  `added time besides the model's own, an incident: ${timeLine(report.addedTime)}`,
  `the same with rows and objects on a local cloud: ${timeLine(report.addedTimeOnCloud)}`,
  `a healthy hour: ${report.quiet.modelCalls} model calls, ${report.quiet.incidents} incidents`,
  'an outage of one provider, incidents at once, breaker on:',
  ...outageLines(report.outages).map((each) => `  ${each}`),
  `measured in ${report.seconds} s`,
  ...report.rates.flatMap(({ said }) => said),
];

const timeLine = ({ median, mean, p95, processorMedian }: AddedTime): string =>
  `median ${milliseconds(median)}, mean ${milliseconds(mean)}, p95 ${milliseconds(p95)}; of it processor time ${milliseconds(processorMedian)}`;

const line = (name: string, ...values: readonly string[]): string =>
  name.padEnd(28) + values.map((value) => value.padStart(10)).join('');

const percent = (share: number, digits = 2): string => `${(100 * share).toFixed(digits)}%`;

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
