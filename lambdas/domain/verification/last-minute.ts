import type { MetricRole } from '../signal/series.ts';
import type { Reading, YardstickWindow } from './read-windows.ts';

/** Share of failed requests that customers notice over a minute. */
const noticedFailureShare = 0.009;
/** Utilisation in percent at which a resource is as good as used up. */
const usedUp = 89;
const utilisations: readonly MetricRole[] = ['cpu', 'memory', 'disk', 'connections'];

/**
 * True when the last minute as a whole, the act and what came before it
 * included, was one that hurt: callers saw failures or slowness on average, or a
 * resource was at its limit. A recovery is not over before that minute is.
 */
export const wasFelt = (lastMinute: readonly YardstickWindow[]): boolean =>
  (lastMinute[0]?.readings ?? []).some(({ yardstick: { series } }, index) => {
    const readings = lastMinute.flatMap((window) => window.readings[index] ?? []);
    if (utilisations.includes(series.role)) return mean(readings, ({ observed }) => observed ?? 0) >= usedUp;
    if (series.instance !== null) return false;
    const unusual = mean(readings, ({ observed }) => observed ?? 0) > mean(readings, ({ band }) => band.high);
    if (series.role === 'latency') return unusual;
    return series.role === 'errors' && unusual && failureShare(lastMinute, readings) >= noticedFailureShare;
  });

const failureShare = (windows: readonly YardstickWindow[], errors: readonly Reading[]): number => {
  const service = errors[0]?.yardstick.series.service;
  const requests = windows.flatMap(({ readings }) =>
    readings.filter(
      ({ yardstick: { series } }) =>
        series.role === 'requests' && series.service === service && series.instance === null,
    ),
  );
  const asked = sum(requests, ({ observed }) => observed ?? 0);
  return asked > 0 ? sum(errors, ({ observed }) => observed ?? 0) / asked : 0;
};

const sum = (readings: readonly Reading[], value: (reading: Reading) => number): number =>
  readings.reduce((total, reading) => total + value(reading), 0);

const mean = (readings: readonly Reading[], value: (reading: Reading) => number): number =>
  readings.length === 0 ? 0 : sum(readings, value) / readings.length;
