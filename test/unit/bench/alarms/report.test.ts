import { describe, expect, it } from 'vitest';
import type { SeriesDay } from '../../../../bench/alarms/count-alarms.ts';
import { runQuietShop } from '../../../../bench/alarms/quiet-shop.ts';
import { rateOf } from '../../../../bench/alarms/rate.ts';
import { askedRates, renderAlarms, reportAlarms } from '../../../../bench/alarms/report.ts';
import type { Sample } from '../../../../lambdas/domain/signal/series.ts';

const seriesDay = (day: number, alarms: readonly number[], raised: readonly number[] = [0, 0, 0]): SeriesDay => ({
  day,
  length: 1,
  alarms: [...alarms],
  raised: [...raised],
});

describe('the rate of alarms', () => {
  it('counts a month of thirty days, with an interval that narrows with more of them', () => {
    const few = Array.from({ length: 60 }, (_, index) => ({ length: 1, alarms: index % 30 === 0 ? 1 : 0 }));
    const many = Array.from({ length: 6000 }, (_, index) => ({ length: 1, alarms: index % 30 === 0 ? 1 : 0 }));
    expect(rateOf(few).perMonth).toBeCloseTo(1);
    expect(rateOf(many).perMonth).toBeCloseTo(1);
    const [wide, narrow] = [rateOf(few), rateOf(many)];
    expect(narrow.low).toBeLessThan(1);
    expect(narrow.high).toBeGreaterThan(1);
    expect(narrow.high - narrow.low).toBeLessThan((wide.high - wide.low) / 3);
  });

  it('does not claim that nothing can happen because nothing did', () => {
    const silent = rateOf(Array.from({ length: 300 }, () => ({ length: 1, alarms: 0 })));
    expect(silent).toMatchObject({ perMonth: 0, low: 0, alarms: 0 });
    expect(silent.high).toBeCloseTo(0.3);
  });
});

describe('the report on alarms', () => {
  const days = [seriesDay(0, [5, 5, 5], [3, 3, 3]), seriesDay(1, [0, 0, 1]), seriesDay(2, [0, 1, 1], [0, 0, 1])];
  const report = reportAlarms(days, { stepSeconds: 60, seeds: [1], days: 2, warmUpDays: 1 });

  it('judges the days after the warming up and tells the others apart', () => {
    expect(report.metricMonths).toBeCloseTo(2 / 30);
    expect(report.knobs.map(({ asked }) => asked)).toEqual(askedRates);
    expect(report.knobs.map(({ measured }) => measured.alarms)).toEqual([0, 1, 2]);
    expect(report.knobs.map(({ warmingUp }) => warmingUp.alarms)).toEqual([5, 5, 5]);
    expect(report.knobs[2]?.timesAsked).toBeCloseTo(30);
    expect(report.knobs.map(({ raised }) => raised.alarms)).toEqual([0, 0, 1]);
    expect(report.knobs.map(({ raisedWarmingUp }) => raisedWarmingUp.alarms)).toEqual([3, 3, 3]);
  });

  it('has a line for each rate that was asked for', () => {
    const lines = renderAlarms(report);
    for (const asked of askedRates)
      expect(lines.filter((line) => new RegExp(`^${asked} +\\d`).test(line))).toHaveLength(2);
  });
});

describe('a quiet shop', () => {
  it('tells every period of its past and then of its present, in order', () => {
    const shop = { seed: 3, from: Date.UTC(2026, 2, 2), days: 1 / 24, stepSeconds: 60 };
    const newest = new Map<string, number>();
    const live: Sample[] = [];
    runQuietShop(shop, ({ id }, sample, periodSeconds, isLive) => {
      if (sample.at <= (newest.get(id) ?? 0) || !Number.isFinite(sample.value)) throw new Error(`${id} goes back`);
      newest.set(id, sample.at);
      if (isLive !== sample.at >= shop.from) throw new Error(`${id} is taken for live at ${sample.at}`);
      if (isLive && periodSeconds !== 60) throw new Error(`${id} has periods of ${periodSeconds} s`);
      if (isLive) live.push(sample);
    });
    expect(newest.size).toBeGreaterThan(200);
    expect(live.length / newest.size).toBeGreaterThan(40);
  }, 60_000);
});
