import { describe, expect, it } from 'vitest';
import { foretell } from '../../../../lambdas/domain/forecast/forecast.ts';
import { forecastBreach } from '../../../../lambdas/domain/forecast/forecast-breach.ts';
import { habitsOf } from '../../../../lambdas/domain/forecast/limits.ts';
import { newTrend, observeTrend } from '../../../../lambdas/domain/forecast/trend-record.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';

const disk = exampleSeries('orders-db', 'disk', 'Average', 'orders-db-a');
const start = Date.UTC(2026, 2, 3);
const minute = 60_000;

/** Level by minutes from `start`, in percent. */
type Course = (minutes: number) => number;
/** The same noise every time, between -0.5 and 0.5. */
const noise = (at: number): number => (((at / 5000) * 7919) % 101) / 100 - 0.5;

function watch(
  course: Course,
  { minutes, series = disk, periodSeconds = 5 }: { minutes: number; series?: typeof disk; periodSeconds?: number },
) {
  const record = newTrend();
  const step = periodSeconds * 1000;
  let forecast = null;
  for (let at = start; at < start + minutes * minute; at += step) {
    observeTrend(
      record,
      { at, value: course((at - start) / minute) + 0.2 * noise(at) },
      periodSeconds,
      habitsOf(series),
    );
    forecast = forecastBreach(record, series, at + step, periodSeconds);
  }
  return forecast;
}

/** Level for two hours, then rising from 40 by `pace` percent a minute. */
const growing =
  (pace: number): Course =>
  (minutes) =>
    40 + Math.max(0, minutes - 120) * pace;

describe('forecasting a breach', { timeout: 60_000 }, () => {
  it('says when what grows will reach its limit, within an interval that holds it', () => {
    const forecast = watch(growing(2), { minutes: 130 });
    const breach = start + (120 + 25) * minute;
    expect(forecast).toMatchObject({ series: disk.id, limit: 90, role: 'disk' });
    expect(forecast?.slope).toBeCloseTo(2 / 60, 3);
    expect(forecast?.level).toBeCloseTo(60, 0);
    expect(Math.abs((forecast?.at ?? 0) - breach)).toBeLessThan(minute);
    expect(forecast?.earliest).toBeLessThan(breach);
    expect(forecast?.latest).toBeGreaterThan(breach);
    expect(Math.abs((forecast?.since ?? 0) - (start + 120 * minute))).toBeLessThan(2 * minute);
  });

  describe('within a minute', () => {
    const fast = growing(14);
    const passing = (['connections', 'memory'] as const).map((role) =>
      exampleSeries('payments', role, 'Average', 'payments-a1'),
    );

    it('says so of what is stored', () => {
      const forecast = watch(fast, { minutes: 120.85 });
      const breach = start + (120 + 50 / 14) * minute;
      expect(Math.abs((forecast?.at ?? 0) - breach)).toBeLessThan(minute);
      expect(forecast?.earliest).toBeLessThan(breach + minute / 2);
    });

    it('says nothing of what comes and goes', () => {
      for (const series of passing) expect(watch(fast, { minutes: 120.85, series })).toBeNull();
    });

    it('says nothing of a file that was written and is whole', () => {
      const oneFile: Course = (minutes) => Math.min(48, fast(minutes));
      for (const minutes of [120.4, 120.7, 121, 121.5]) expect(watch(oneFile, { minutes })).toBeNull();
    });

    it('says nothing of what rises as fast every hour', () => {
      const everyHour: Course = (minutes) => 40 + Math.min(14, Math.max(0, (minutes % 60) - 58) * 14);
      for (const minutes of [298.9, 299.2]) expect(watch(everyHour, { minutes })).toBeNull();
    });
  });

  it('holds what the series does anyway for a bound that errors seldom reach', () => {
    const swinging: Course = (minutes) => growing(1.5)(minutes) + (minutes % 2) * 3;
    const forecast = watch(swinging, { minutes: 140 });
    const breach = start + (120 + 47 / 1.5) * minute;
    expect(forecast?.usualRise).toBeGreaterThan(3);
    const { earliest = 0, latest = 0, madeAt = 0 } = forecast ?? {};
    expect(earliest).toBeLessThan(breach);
    expect(latest).toBeGreaterThan(breach);
    expect((latest - madeAt) / (earliest - madeAt)).toBeLessThan(1.42);
  });

  describe('of a declared limit', () => {
    const concurrency = {
      ...exampleSeries('functions', 'other', 'Maximum'),
      metric: 'ConcurrentExecutions',
      limit: { value: 1000, unit: 'executions' },
    };
    const week = 7 * 1440;
    /** Waves of a day and of an hour, weekends of half as much, steps of a job, and bursts, as counts of things at once have them. */
    const everyday: Course = (minutes) => {
      const quietly = Math.floor(minutes / 1440) % 7 >= 4 && Math.floor(minutes / 1440) % 7 < 6 ? 0.5 : 1;
      const day = quietly * (250 - 150 * Math.cos((minutes / 1440) * 2 * Math.PI));
      const job = minutes % 360 < 20 ? 120 : 0;
      const burst = 60 * Math.abs(noise(minutes * minute)) + (Math.floor(minutes) % 97 === 0 ? 200 : 0);
      return day + 30 * Math.sin((minutes / 60) * 2 * Math.PI) + job + burst;
    };

    it('says when it will be reached, and within what time', () => {
      // A sample is the mean of its five minutes, so it stands where they are half over.
      const climbing: Course = (minutes) => 300 + 30 * noise(minutes * minute) + Math.max(0, minutes + 2.5 - week) * 6;
      const forecast = watch(climbing, { minutes: week + 60, series: concurrency, periodSeconds: 300 });
      const breach = start + (week + 700 / 6) * minute;
      expect(forecast).toMatchObject({ limit: 1000, unit: 'executions', role: 'other' });
      expect(forecast?.earliest).toBeLessThan(breach);
      expect(forecast?.latest).toBeGreaterThan(breach);
      if (forecast !== null)
        expect(foretell(forecast)).toMatch(/^ConcurrentExecutions of functions will reach 1000 executions in about/);
      const tooSoon: Course = (minutes) => climbing(minutes + week / 2);
      expect(watch(tooSoon, { minutes: week / 2 + 60, series: concurrency, periodSeconds: 300 }), 'new').toBeNull();
      const { limit: _, ...unlimited } = concurrency;
      expect(watch(climbing, { minutes: week + 60, series: unlimited, periodSeconds: 300 })).toBeNull();
    });

    it('is silent over thirty quiet days, and sees the trend on the next', () => {
      const record = newTrend();
      let said = 0;
      const days = 30;
      for (let minutes = 0; minutes < days * 1440 + 300; minutes += 5) {
        const at = start + minutes * minute;
        const grown = 8 * Math.max(0, minutes - days * 1440 - 200);
        observeTrend(record, { at, value: everyday(minutes) + grown }, 300, habitsOf(concurrency));
        const forecast = forecastBreach(record, concurrency, at + 5 * minute, 300);
        if (forecast === null) continue;
        said += 1;
        expect(minutes, 'quiet days').toBeGreaterThan(days * 1440);
        expect([forecast.earliest < forecast.at, forecast.at < forecast.latest]).toEqual([true, true]);
      }
      expect(said).toBeGreaterThan(0);
    });
  });

  it('works on samples a minute apart', () => {
    const forecast = watch(growing(1), { minutes: 140, periodSeconds: 60 });
    expect(Math.abs((forecast?.at ?? 0) - (start + 170 * minute))).toBeLessThan(2 * minute);
  });

  it('names no time that is no number, where whole numbers put the line at the limit and stop short of it themselves', () => {
    const record = newTrend();
    for (let minutes = 0; minutes <= 180; minutes += 1) {
      const at = start + minutes * minute;
      const value = Math.min(89, 40 + Math.max(0, minutes - 120));
      observeTrend(record, { at, value }, 60, habitsOf(disk));
      const forecast = forecastBreach(record, disk, at + minute, 60);
      for (const time of [forecast?.at ?? 0, forecast?.earliest ?? 0, forecast?.latest ?? 0]) {
        expect(time, `after ${minutes} min`).not.toBeNaN();
      }
      if (minutes === 169) expect(forecast).not.toBeNull();
    }
  });

  it.each<[string, Course]>([
    ['stays', () => 70],
    ['stepped up', (minutes) => (minutes < 125 ? 40 : 70)],
    ['rises too slowly to matter', growing(0.05)],
    ['has risen and levels out', (minutes) => 40 + 35 * (1 - Math.exp(-Math.max(0, minutes - 110) / 3))],
    ['falls', (minutes) => 80 - Math.max(0, minutes - 120)],
    ['has passed its limit', (minutes) => 40 + Math.max(0, minutes - 70)],
    ['goes up and down as it does every ten minutes', (minutes) => 55 + 30 * ((minutes % 10) / 10)],
  ])('says nothing of what %s', (_, course) => {
    expect(watch(course, { minutes: 130 })).toBeNull();
  });

  it('says nothing of a rise that belongs to the day', () => {
    const daily: Course = (minutes) => 60 - 28 * Math.cos((minutes / 1440) * 2 * Math.PI);
    for (const hours of [30, 32, 34, 36]) {
      expect(watch(daily, { minutes: hours * 60, periodSeconds: 60 }), `after ${hours} h`).toBeNull();
    }
  });

  it('begins anew when the level falls, and takes warming up for no trend', () => {
    const leakRestarted: Course = (minutes) =>
      minutes < 120 ? 40 : minutes < 135 ? 40 + 2 * (minutes - 120) : 25 + 15 * (1 - Math.exp((135 - minutes) / 2));
    expect(watch(leakRestarted, { minutes: 134 })).not.toBeNull();
    expect(watch(leakRestarted, { minutes: 137 })).toBeNull();
    expect(watch(leakRestarted, { minutes: 142 })).toBeNull();
  });

  it('says nothing of what it has not watched for an hour, nor of what has no limit', () => {
    const atOnce: Course = (minutes) => 40 + Math.max(0, minutes - 30);
    expect(watch(atOnce, { minutes: 50 })).toBeNull();
    const processor = exampleSeries('orders-db', 'cpu', 'Average', 'orders-db-a');
    expect(watch(growing(2), { minutes: 130, series: processor })).toBeNull();
  });

  it('takes no notice of what is not newer, not a number or beyond all measure', () => {
    const record = newTrend();
    observeTrend(record, { at: start, value: 50 }, 5, habitsOf(disk));
    const before = Float64Array.from(record);
    for (const value of [1, Number.NaN, Number.POSITIVE_INFINITY])
      observeTrend(record, { at: start, value }, 5, habitsOf(disk));
    expect(record).toEqual(before);
    observeTrend(record, { at: start + 5000, value: Number.NaN }, 5, habitsOf(disk));
    expect(record).toEqual(before);
  });

  it('goes on from a stored record as if it had not been stored', () => {
    const live = newTrend();
    let stored = newTrend();
    for (let at = start; at < start + 130 * minute; at += 5000) {
      const sample = { at, value: growing(2)((at - start) / minute) + noise(at) };
      observeTrend(live, sample, 5, habitsOf(disk));
      observeTrend(stored, sample, 5, habitsOf(disk));
      stored = Float64Array.from(stored);
    }
    expect(stored).toEqual(live);
  });
});
