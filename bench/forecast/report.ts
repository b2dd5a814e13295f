import { median } from 'simple-statistics';
import type { WatchedShop } from './watch-shop.ts';

export type ForecastCase = {
  readonly cause: string;
  readonly seed: number;
  readonly service: string;
  readonly severity: number;
  /** From the fault to where the shop hurts; null where it never did. */
  readonly runwaySeconds: number | null;
  /** From the first firm forecast of the struck service to where the shop hurts; null for none before it. */
  readonly leadSeconds: number | null;
  /** Firm forecasts of series of the struck service that did breach, made before it; and those whose interval held it. */
  readonly breaches: number;
  readonly held: number;
};

export type QuietDays = {
  readonly stepSeconds: number;
  readonly days: number;
  readonly falseForecasts: readonly string[];
};

export type ForecastReport = {
  readonly stepSeconds: number;
  readonly cases: readonly ForecastCase[];
  readonly medianLeadSeconds: number | null;
  readonly medianLeadOfRunway: number | null;
  /** Share of cases with ten minutes, or half of the runway, before the shop hurt. */
  readonly inTime: number;
  readonly unforeseen: number;
  readonly coverage: { readonly held: number; readonly breaches: number; readonly share: number | null };
  readonly quiet: readonly QuietDays[];
};

export function gradeCase(
  fault: {
    readonly cause: string;
    readonly seed: number;
    readonly service: string;
    readonly severity: number;
    readonly startedAt: number;
  },
  { foretold, hurtAt }: WatchedShop,
): ForecastCase {
  const { startedAt, ...identity } = fault;
  const own = foretold.filter(({ forecast }) => forecast.service === fault.service && forecast.madeAt >= startedAt);
  const first = Math.min(...own.map(({ forecast }) => forecast.madeAt));
  const lead = hurtAt === null || own.length === 0 ? null : (hurtAt - first) / 1000;
  const breached = own.filter(({ forecast, breachedAt }) => breachedAt !== null && forecast.madeAt < breachedAt);
  const held = breached.filter(
    ({ forecast, breachedAt }) =>
      breachedAt !== null && breachedAt >= forecast.earliest && breachedAt <= forecast.latest,
  );
  return {
    ...identity,
    runwaySeconds: hurtAt === null ? null : (hurtAt - startedAt) / 1000,
    leadSeconds: lead === null || lead <= 0 ? null : lead,
    breaches: breached.length,
    held: held.length,
  };
}

const enoughSeconds = 600;

export function reportForecasts(
  stepSeconds: number,
  cases: readonly ForecastCase[],
  quiet: readonly QuietDays[],
): ForecastReport {
  const hurt = cases.flatMap(({ runwaySeconds, leadSeconds }) =>
    runwaySeconds === null ? [] : [{ runway: runwaySeconds, lead: leadSeconds ?? 0 }],
  );
  const held = cases.reduce((sum, one) => sum + one.held, 0);
  const breaches = cases.reduce((sum, one) => sum + one.breaches, 0);
  return {
    stepSeconds,
    cases,
    medianLeadSeconds: hurt.length === 0 ? null : median(hurt.map(({ lead }) => lead)),
    medianLeadOfRunway: hurt.length === 0 ? null : median(hurt.map(({ lead, runway }) => lead / runway)),
    inTime:
      hurt.filter(({ lead, runway }) => lead >= Math.min(enoughSeconds, runway / 2)).length / Math.max(1, hurt.length),
    unforeseen: hurt.filter(({ lead }) => lead === 0).length,
    coverage: { held, breaches, share: breaches === 0 ? null : held / breaches },
    quiet,
  };
}

const minutes = (seconds: number | null): string => (seconds === null ? 'never' : `${(seconds / 60).toFixed(1)} min`);
const percent = (share: number | null): string => (share === null ? 'none' : `${(share * 100).toFixed(0)}%`);

export function renderForecasts({ stepSeconds, cases, coverage, quiet, ...totals }: ForecastReport): readonly string[] {
  return [
    ...cases.map(
      (one) =>
        `${one.cause} ${one.seed}, ${one.service} at ${one.severity}: lead ${minutes(one.leadSeconds)} of ${minutes(one.runwaySeconds)}, ${one.held} of ${one.breaches} intervals held`,
    ),
    '',
    `at ${stepSeconds} s, over ${cases.length} faults that nobody heals:`,
    `lead before it hurts: median ${minutes(totals.medianLeadSeconds)}, ${percent(totals.medianLeadOfRunway)} of the runway; unforeseen ${totals.unforeseen}`,
    `ten minutes or half of the runway: ${percent(totals.inTime)}`,
    `80% intervals that held: ${coverage.held} of ${coverage.breaches} (${percent(coverage.share)})`,
    ...quiet.map(
      (one) =>
        `false forecasts in ${one.days} quiet days at ${one.stepSeconds} s: ${one.falseForecasts.length}${one.falseForecasts.map((text) => `\n  ${text}`).join('')}`,
    ),
  ];
}
