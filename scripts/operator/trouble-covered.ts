import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import { anomalyOf } from '../../lambdas/domain/anomaly/anomaly-of.ts';
import { forecastOf } from '../../lambdas/domain/anomaly/follow-trend.ts';
import { anomalyOfSilence } from '../../lambdas/domain/anomaly/missing.ts';
import { type Overview, summariesOf } from '../../lambdas/domain/anomaly/overview.ts';
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
  const anomalies = anomaliesIn(overview);
  return new Map(mutes.map((mute) => [mute.id, anomalies.filter((anomaly) => isMuted(anomaly, [mute], now)).length]));
};

/** How many signals in trouble are kept quiet now, by however many mutes. */
export const mutedTrouble = (mutes: readonly Mute[], overview: Overview, now: number): number =>
  anomaliesIn(overview).filter((anomaly) => isMuted(anomaly, mutes, now)).length;

const anomaliesIn = (overview: Overview): readonly Anomaly[] => {
  const since = overview.scannedAt - presentMilliseconds;
  return summariesOf(overview).flatMap((summary) => {
    const forecast = forecastOf(summary, since);
    return [
      anomalyOf(summary, since),
      anomalyOfSilence(summary, overview.silences.get(summary.series.id), since),
      forecast === null ? null : anomalyOfForecast(forecast),
    ].filter((anomaly) => anomaly !== null);
  });
};
