import { type BudgetStanding, standingOfBudget } from '../domain/anomaly/budget-standing.ts';
import { type Overview, summariesOf } from '../domain/anomaly/overview.ts';
import { countersOf, type Objective } from '../domain/forecast/error-budget.ts';
import { forecastBudget } from '../domain/forecast/forecast-budget.ts';
import type { Series } from '../domain/signal/series.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { budgetEnd, readBudget } from '../shared/read-budget.ts';

type Look = { readonly objectives: readonly Objective[]; readonly settlingSeconds: number; readonly now: number };

/**
 * Looks at the error budgets of all objectives, once for every five minutes that have closed. They are made of
 * series that may lie in different shards, so they are followed here, and nothing is read of other services.
 */
export async function lookAtBudgets(
  telemetry: Pick<Telemetry, 'readSamples'>,
  overview: Overview,
  { objectives, settlingSeconds, now }: Look,
): Promise<void> {
  const end = objectives.length === 0 ? 0 : budgetEnd(now, settlingSeconds);
  if (end <= overview.budgets.end && isOf(overview, objectives)) return;
  const series = summariesOf(overview).map((summary) => summary.series);
  const before = overview.budgets.standings;
  const standings = await Promise.all(
    objectives.map(async (objective) => {
      const known = before.find((one) => one.objective.service === objective.service);
      return lookAt(telemetry, { objective, series, end, now, before: known });
    }),
  );
  overview.budgets = { end, standings };
}

/** What was declared anew is looked at without waiting. */
const isOf = ({ budgets }: Overview, objectives: readonly Objective[]): boolean =>
  JSON.stringify(budgets.standings.map(({ objective }) => objective)) === JSON.stringify(objectives);

async function lookAt(
  telemetry: Pick<Telemetry, 'readSamples'>,
  {
    objective,
    series,
    end,
    now,
    before,
  }: {
    readonly objective: Objective;
    readonly series: readonly Series[];
    readonly end: number;
    readonly now: number;
    readonly before: BudgetStanding | undefined;
  },
): Promise<BudgetStanding> {
  const saidAt = before?.saidAt ?? null;
  const unknown = (trouble: string) => ({ objective, used: null, burn: null, forecast: null, saidAt, trouble });
  try {
    const read = await readBudget(telemetry, objective, series, end);
    if ('trouble' in read) return unknown(read.trouble);
    const [failures] = countersOf(series, objective.service).errors;
    const forecast =
      failures === undefined ? null : forecastBudget(read.budget, failures, now, before?.forecast ?? null);
    return standingOfBudget(read.budget, { forecast, saidAt });
  } catch (error) {
    // What is wrong with it is said, and keeps nothing else from being watched.
    return unknown(error instanceof Error ? error.message : String(error));
  }
}
