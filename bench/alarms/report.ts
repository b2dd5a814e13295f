import type { SeriesDay } from './count-alarms.ts';
import { type Rate, rateOf } from './rate.ts';

/** What the benchmark asks for, alarms per metric and month. */
export const askedRates = [0.1, 0.3, 1] as const;

export type AlarmReport = {
  readonly stepSeconds: number;
  readonly seeds: readonly number[];
  /** Days of each shop that are judged, and days before them in which the detector was live already. */
  readonly days: number;
  readonly warmUpDays: number;
  readonly metricMonths: number;
  readonly knobs: readonly {
    readonly asked: number;
    readonly measured: Rate;
    readonly timesAsked: number;
    /** The days of warming up: what a new deployment is to expect. */
    readonly warmingUp: Rate;
    /** What the loop raises for correlation: odd twice or adrift, material and on the harmful side. */
    readonly raised: Rate;
    readonly raisedWarmingUp: Rate;
  }[];
};

export function reportAlarms(
  counted: readonly SeriesDay[],
  run: Pick<AlarmReport, 'stepSeconds' | 'seeds' | 'days' | 'warmUpDays'>,
): AlarmReport {
  const warm = counted.filter(({ day }) => day >= run.warmUpDays);
  const early = counted.filter(({ day }) => day < run.warmUpDays);
  const ofKnob = (days: readonly SeriesDay[], index: number, what: 'alarms' | 'raised'): Rate =>
    rateOf(days.map((one) => ({ length: one.length, alarms: one[what][index] ?? 0 })));
  return {
    ...run,
    metricMonths: warm.reduce((sum, { length }) => sum + length, 0) / 30,
    knobs: askedRates.map((asked, index) => {
      const measured = ofKnob(warm, index, 'alarms');
      return {
        asked,
        measured,
        timesAsked: measured.perMonth / asked,
        warmingUp: ofKnob(early, index, 'alarms'),
        raised: ofKnob(warm, index, 'raised'),
        raisedWarmingUp: ofKnob(early, index, 'raised'),
      };
    }),
  };
}

const told = ({ perMonth, low, high }: Rate): string =>
  `${perMonth.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

export function renderAlarms(report: AlarmReport): readonly string[] {
  const { seeds, days, warmUpDays, stepSeconds } = report;
  return [
    `${seeds.length} quiet shops, ${days} days each after ${warmUpDays} of warming up, a sample every ${stepSeconds} s: ${report.metricMonths.toFixed(0)} metric-months`,
    '',
    'of the detector alone, alarms of a metric in a month with 95% intervals:',
    ...table(report.knobs.map(({ asked, measured, warmingUp }) => ({ asked, measured, warmingUp }))),
    '',
    'of the loop, what it raises for correlation (odd twice or adrift, material, harmful):',
    ...table(
      report.knobs.map(({ asked, raised, raisedWarmingUp }) => ({
        asked,
        measured: raised,
        warmingUp: raisedWarmingUp,
      })),
    ),
  ];
}

type Line = { readonly asked: number; readonly measured: Rate; readonly warmingUp: Rate };

const table = (lines: readonly Line[]): readonly string[] => [
  'asked  measured                     times asked  alarms  while warming up',
  ...lines.map(({ asked, measured, warmingUp }) =>
    [
      String(asked).padEnd(5),
      told(measured).padEnd(27),
      (measured.perMonth / asked).toFixed(2).padStart(11),
      String(measured.alarms).padStart(6),
      told(warmingUp),
    ].join('  '),
  ),
];
