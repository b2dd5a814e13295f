import type { Forecast } from '../forecast/forecast.ts';
import { forecastBreach } from '../forecast/forecast-breach.ts';
import { habitsOf, limitOf } from '../forecast/limits.ts';
import { keepOutOfUsual, observeTrend } from '../forecast/trend-record.ts';
import type { Sample } from '../signal/series.ts';
import { field, read, type Summary, trendOf, type Watch } from './watch.ts';

/** Adds a sample to the trend of a series with a limit, and keeps the forecast that follows from it. */
export function followTrend(watch: Watch, sample: Sample, periodSeconds: number, quietly: boolean): void {
  const { record, series } = watch;
  if (limitOf(series) === null) return;
  const trend = trendOf(watch);
  const news = observeTrend(trend, sample, periodSeconds, habitsOf(series));
  if (!news || quietly) return;
  const forecast = forecastBreach(trend, series, sample.at + periodSeconds * 1000, periodSeconds);
  const stood = read(watch, 'forecastMadeAt') > 0;
  record[field.forecastMadeAt] = forecast?.madeAt ?? 0;
  if (forecast === null) return;
  if (!stood) record[field.forecastStandsSince] = forecast.madeAt;
  keepOutOfUsual(trend);
  record[field.forecastSince] = forecast.since;
  record[field.forecastSlope] = forecast.slope;
  record[field.forecastLevel] = forecast.level;
  record[field.forecastUsual] = forecast.usual;
  record[field.forecastAt] = forecast.at;
  record[field.forecastEarliest] = forecast.earliest;
  record[field.forecastLatest] = forecast.latest;
  record[field.forecastUsualRise] = forecast.usualRise;
}

/** The forecast that stands, of a series heard of at or after `since`. */
export function forecastOf(watch: Summary, since: number): Forecast | null {
  const { id, service, instance, role, metric, limit: declared } = watch.series;
  const limit = limitOf(watch.series);
  if (limit === null || read(watch, 'forecastMadeAt') === 0 || read(watch, 'cursor') < since) return null;
  return {
    series: id,
    service,
    instance,
    role,
    metric,
    limit,
    unit: declared?.unit,
    level: read(watch, 'forecastLevel'),
    usual: read(watch, 'forecastUsual'),
    usualRise: read(watch, 'forecastUsualRise'),
    slope: read(watch, 'forecastSlope'),
    since: read(watch, 'forecastSince'),
    madeAt: read(watch, 'forecastMadeAt'),
    standsSince: read(watch, 'forecastStandsSince'),
    at: read(watch, 'forecastAt'),
    earliest: read(watch, 'forecastEarliest'),
    latest: read(watch, 'forecastLatest'),
  };
}
