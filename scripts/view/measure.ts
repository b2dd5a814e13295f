import { type MetricName, metricMeanings } from '../../lambdas/contract/metrics.ts';
import type { Band } from '../../lambdas/domain/anomaly/anomaly.ts';

const isKnown = (metric: string): metric is MetricName => Object.hasOwn(metricMeanings, metric);

const symbols = { Percent: ' %', Milliseconds: ' ms', Seconds: ' s', Count: '' } as const;

const isUnit = (unit: string): unit is keyof typeof symbols => Object.hasOwn(symbols, unit);

const unitOf = (metric: string): string => {
  const unit: string = isKnown(metric) ? metricMeanings[metric].unit : 'Count';
  return isUnit(unit) ? symbols[unit] : '';
};

/** Three figures at most after which nobody looks: `0.42`, `9.6`, `318`, `12,400`. */
export const figure = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 10_000) return new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(value);
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : value.toFixed(2);
};

export const measure = (metric: string, value: number | null): string =>
  value === null ? 'nothing' : `${figure(value)}${unitOf(metric)}`;

/** `28 to 51 %`; an open end is left out. */
export const expected = (metric: string, band: Band): string => {
  const low = Math.max(0, band.low);
  if (!Number.isFinite(band.high)) return `at least ${measure(metric, low)}`;
  return low <= 0 ? `at most ${measure(metric, band.high)}` : `${figure(low)} to ${measure(metric, band.high)}`;
};

/** A share of requests: `100 %` only when it is. */
export const percent = (value: number): string => {
  if (value === 100) return '100 %';
  return `${value > 99 ? Math.min(value, 99.99).toFixed(2) : value.toFixed(1)} %`;
};
