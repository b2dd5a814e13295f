// Series with a past that is known, and what detection says of what they do next.
import { anomalyOf } from '../../lambdas/domain/anomaly/anomaly-of.ts';
import { observeSample } from '../../lambdas/domain/anomaly/judge-sample.ts';
import { newWatch, type Watch } from '../../lambdas/domain/anomaly/watch.ts';
import type { MetricRole, Sample } from '../../lambdas/domain/signal/series.ts';
import { exampleSeries } from './detection-examples.ts';

export const start = Date.UTC(2026, 0, 5);
export const hour = 3600;

/** Noise that repeats by seed: uniform on [-1, 1). */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 31 - 1;
  };
}

export type Value = (second: number) => number;

export function series(fromSeconds: number, toSeconds: number, period: number, value: Value): Sample[] {
  const samples: Sample[] = [];
  for (let second = fromSeconds; second < toSeconds; second += period) {
    samples.push({ at: start + second * 1000, value: value(second) });
  }
  return samples;
}

export const watchOf = (role: MetricRole): Watch => newWatch(exampleSeries('checkout', role, 'Average'), start);

/** Whether each sample alarms. */
export function judge(watch: Watch, samples: readonly Sample[], period: number, falseAlarmsPerMonth = 1): boolean[] {
  return samples.map((sample) => {
    observeSample(watch, sample, period, { falseAlarmsPerMonth });
    return anomalyOf(watch, sample.at + period * 1000) !== null;
  });
}

export const alarms = (judged: readonly boolean[]): number => judged.filter(Boolean).length;

export const steady = 5;

/** Milliseconds of latency with noise that shrinks with the period, as that of a mean does, and a daily rhythm
 * unless it is steady. */
export function latency(seed: number, period: number, scatter = 40): Value {
  const next = noise(seed);
  const swing = scatter === steady ? 0 : 15;
  return (second) => 100 + swing * Math.sin((second / 86_400) * 2 * Math.PI) + (scatter / Math.sqrt(period)) * next();
}

/** A watch that knows a day at 5 minutes and an hour at the scan period; it ends 25 hours after the start. */
export function learnt(role: MetricRole, seed: number, period: number, scatter = 40): Watch {
  const watch = watchOf(role);
  for (const sample of series(0, 24 * hour, 300, latency(seed, 300, scatter))) {
    observeSample(watch, sample, 300, { quietly: true });
  }
  for (const sample of series(24 * hour, 25 * hour, period, latency(seed + 1, period, scatter))) {
    observeSample(watch, sample, period, { quietly: true });
  }
  return watch;
}

export const live = (seconds: number, period: number, value: Value): Sample[] =>
  series(25 * hour, 25 * hour + seconds, period, value);
