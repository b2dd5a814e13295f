import { type Overview, summariesOf } from '../../lambdas/domain/anomaly/overview.ts';
import { anomalyOf, forecastOf } from '../../lambdas/domain/anomaly/watch.ts';
import { anomalyOfForecast } from '../../lambdas/domain/forecast/forecast.ts';
import { isMuted, type Mute } from '../../lambdas/domain/mute/mute.ts';

/** What alarmed within this time of the last scan is in trouble now. */
const presentMilliseconds = 120_000;

/** How many signals in trouble each mute keeps quiet now, by the id of the mute. */
export const troubleCovered = (
  mutes: readonly Mute[],
  overview: Overview,
  now: number,
): ReadonlyMap<string, number> => {
  const since = overview.scannedAt - presentMilliseconds;
  const anomalies = summariesOf(overview).flatMap((summary) => {
    const forecast = forecastOf(summary, since);
    return [anomalyOf(summary, since), forecast === null ? null : anomalyOfForecast(forecast)].filter(
      (anomaly) => anomaly !== null,
    );
  });
  return new Map(mutes.map((mute) => [mute.id, anomalies.filter((anomaly) => isMuted(anomaly, [mute], now)).length]));
};
