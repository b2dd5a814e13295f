import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import { anomalyOf } from '../../lambdas/domain/anomaly/anomaly-of.ts';
import { budgetForecasts } from '../../lambdas/domain/anomaly/budget-standing.ts';
import { forecastOf } from '../../lambdas/domain/anomaly/follow-trend.ts';
import { anomalyOfSilence } from '../../lambdas/domain/anomaly/missing.ts';
import { type Overview, summariesOf } from '../../lambdas/domain/anomaly/overview.ts';
import { anomalyOfForecast } from '../../lambdas/domain/forecast/forecast.ts';
import { isMuted, type Mute } from '../../lambdas/domain/mute/mute.ts';

/** What alarmed within so many periods of the last scan, and this time, is in trouble now, as detection has it. */
const present = { periods: 2, milliseconds: 15_000 } as const;
/** What is quiet since then and was in trouble so shortly before is recovering. */
const recovering = { periods: 4, milliseconds: 120_000 } as const;

export type Trouble = {
  readonly inTrouble: number;
  /** Quiet by now, and in trouble until shortly before. */
  readonly recovering: number;
  /** When the last of those that recover was in trouble, epoch milliseconds; null when none does. */
  readonly quietSince: number | null;
};

export type Looked = { readonly overview: Overview; readonly periodSeconds: number; readonly now: number };

/** The signals in trouble that each mute keeps quiet now, by the id of the mute. */
export const troubleCovered = (mutes: readonly Mute[], looked: Looked): ReadonlyMap<string, Trouble> =>
  new Map(mutes.map((mute) => [mute.id, mutedTrouble([mute], looked)]));

/** The signals in trouble that are kept quiet now, by however many mutes. */
export function mutedTrouble(mutes: readonly Mute[], { overview, periodSeconds, now }: Looked): Trouble {
  const before = ({ periods, milliseconds }: typeof present | typeof recovering) =>
    overview.scannedAt - Math.max(milliseconds, periods * periodSeconds * 1000);
  const muted = anomaliesIn(overview, before(recovering)).filter((anomaly) => isMuted(anomaly, mutes, now));
  const quiet = muted.filter(({ lastSeen }) => lastSeen < before(present));
  return {
    inTrouble: muted.length - quiet.length,
    recovering: quiet.length,
    quietSince: quiet.length === 0 ? null : Math.max(...quiet.map(({ lastSeen }) => lastSeen)),
  };
}

const anomaliesIn = (overview: Overview, since: number): readonly Anomaly[] => [
  ...budgetForecasts(overview.budgets, overview.scannedAt).map(anomalyOfForecast),
  ...summariesOf(overview).flatMap((summary) => {
    const forecast = forecastOf(summary, since);
    return [
      anomalyOf(summary, since),
      anomalyOfSilence(summary, overview.silences.get(summary.series.id), since),
      forecast === null ? null : anomalyOfForecast(forecast),
    ].filter((anomaly) => anomaly !== null);
  }),
];
