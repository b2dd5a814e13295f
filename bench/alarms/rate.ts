import { between } from '../../lambdas/workload/physics/random.ts';

const month = 30;
const draws = 1000;

/** What was counted in some days; `length` is in days. */
export type Counted = { readonly length: number; readonly alarms: number };

export type Rate = {
  readonly perMonth: number;
  /** 95% interval. */
  readonly low: number;
  readonly high: number;
  readonly alarms: number;
};

const total = (counted: readonly Counted[]): Counted => {
  let length = 0;
  let alarms = 0;
  for (const each of counted) {
    length += each.length;
    alarms += each.alarms;
  }
  return { length, alarms };
};

const perMonth = ({ length, alarms }: Counted): number => (length > 0 ? (month * alarms) / length : 0);

/**
 * Alarms of a metric in a month, with a 95% interval by the bootstrap over days of single series. Without any alarm the upper
 * end is that of a Poisson count, three in the time watched.
 */
export function rateOf(days: readonly Counted[]): Rate {
  const all = total(days);
  const drawn = Array.from({ length: draws }, (_, draw) =>
    perMonth(total(days.map((_each, index) => days[Math.floor(between(0, days.length, draw, index, 0, 77))] ?? all))),
  ).sort((one, other) => one - other);
  const quantile = (share: number): number => drawn[Math.floor(share * (draws - 1))] ?? 0;
  return {
    perMonth: perMonth(all),
    low: quantile(0.025),
    high: all.alarms === 0 ? perMonth({ length: all.length, alarms: 3 }) : quantile(0.975),
    alarms: all.alarms,
  };
}
