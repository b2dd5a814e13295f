import { describeSeries } from '../../lambdas/adapters/describe-series.ts';
import { type Forecast, isFirm } from '../../lambdas/domain/forecast/forecast.ts';
import { forecastBreach } from '../../lambdas/domain/forecast/forecast-breach.ts';
import { habitsOf, limitOf } from '../../lambdas/domain/forecast/limits.ts';
import { keepOutOfUsual, newTrend, observeTrend } from '../../lambdas/domain/forecast/trend-record.ts';
import type { SeriesId } from '../../lambdas/domain/ids.ts';
import { advance, type PublishedMetric } from '../../lambdas/workload/fleet.ts';
import { fullHistory, makeHistory } from '../../lambdas/workload/history.ts';
import { datumMaker } from '../../scripts/scenario/published-datum.ts';
import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';

/** What was foretold of one series, and what came. Times are epoch milliseconds. */
export type Foretold = {
  /** The first forecast that could have opened an incident. */
  readonly forecast: Forecast;
  /** When a minute's mean of the series was at the limit; null where it never was. */
  readonly breachedAt: number | null;
};

export type WatchedShop = {
  readonly foretold: readonly Foretold[];
  /** When the shop first hurt by its own truth; null where it never did. */
  readonly hurtAt: number | null;
};

type Seen = {
  readonly trend: Float64Array;
  readonly recent: number[];
  foretold: Forecast | null;
  breachedAt: number | null;
  standsSince: number | null;
};

/**
 * A shop with a day's past, its faults and nobody who heals, as detection watches it: every series with a limit, by the
 * product's own forecasts. `untilBreach` ends the run ten minutes after the shop began to hurt.
 */
export function watchShop(plan: ScenarioPlan, untilBreach: boolean): WatchedShop {
  const { seed, at: begin, stepSeconds, lengthSeconds, faults } = plan;
  const toDatum = datumMaker();
  const seen = new Map<SeriesId, Seen>();
  const observe = (metric: PublishedMetric, live: boolean): void => {
    const datum = toDatum(metric);
    const series = describeSeries(datum);
    if (series === null) return;
    const limit = limitOf(series);
    if (limit === null) return;
    const one = seen.get(series.id) ?? {
      trend: newTrend(),
      standsSince: null,
      recent: [],
      foretold: null,
      breachedAt: null,
    };
    seen.set(series.id, one);
    const news = observeTrend(one.trend, { at: metric.at, value: datum.value }, stepSeconds, habitsOf(series));
    if (!live) return;
    const end = metric.at + stepSeconds * 1000;
    one.recent.push(datum.value);
    if (one.recent.length > 60 / stepSeconds) one.recent.shift();
    const mean = one.recent.reduce((sum, value) => sum + value, 0) / one.recent.length;
    if (one.breachedAt === null && mean >= limit) one.breachedAt = end;
    if (!news) return;
    const forecast = forecastBreach(one.trend, series, end, stepSeconds);
    one.standsSince = forecast === null ? null : (one.standsSince ?? end);
    if (forecast === null) return;
    keepOutOfUsual(one.trend);
    const standing = { ...forecast, standsSince: one.standsSince ?? end };
    if (isFirm(standing)) one.foretold ??= standing;
  };

  const past = makeHistory({ seed, to: begin, stepSeconds }, fullHistory);
  for (const metric of past.series.flat()) observe(metric, false);
  let state = past.state;
  let hurtAt: number | null = null;
  for (let to = begin + stepSeconds * 1000; to <= begin + lengthSeconds * 1000; to += stepSeconds * 1000) {
    const advanced = advance(state, to, { faults, operations: [] }, 'metrics');
    state = advanced.state;
    for (const metric of advanced.published.metrics) observe(metric, true);
    if (advanced.truth.hurting) hurtAt ??= to;
    if (untilBreach && hurtAt !== null && to - hurtAt > afterwardsMilliseconds) break;
  }
  const foretold = [...seen.values()].flatMap(({ foretold: one, breachedAt }) =>
    one === null ? [] : [{ forecast: one, breachedAt }],
  );
  return { foretold, hurtAt };
}
const afterwardsMilliseconds = 600_000;
