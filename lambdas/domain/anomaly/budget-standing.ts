import { z } from 'zod';
import {
  acquaintanceHours,
  allowedShare,
  type ErrorBudget,
  hourMilliseconds,
  isYoung,
  objectiveSchema,
  total,
  usedShare,
} from '../forecast/error-budget.ts';
import { type Forecast, forecastSchema } from '../forecast/forecast.ts';
import { hasEnded } from '../forecast/forecast-budget.ts';

/** How the budget of one objective stood when it was last looked at. */
export const budgetStandingSchema = z.object({
  objective: objectiveSchema,
  /** How much of the budget is used, 1 for all of it, and how many times as fast it burns as it would last for, over six hours; null where that cannot be told. */
  used: z.number().nullable(),
  burn: z.number().nullable(),
  forecast: forecastSchema.nullable(),
  /** When an incident was opened by it, epoch milliseconds; null where none was of this burning. */
  saidAt: z.number().nullable(),
  /** Why nothing can be foretold; null where it can. */
  trouble: z.string().nullable(),
});
export type BudgetStanding = z.infer<typeof budgetStandingSchema>;

/** `end` is up to where they were counted, epoch milliseconds; 0 before the first look. */
export const budgetsSchema = z.object({ end: z.number(), standings: z.array(budgetStandingSchema) });
export type Budgets = z.infer<typeof budgetsSchema>;
export const noBudgets: Budgets = { end: 0, standings: [] };

/** Where nobody looked for longer, what was foretold is said no more. */
const freshMilliseconds = 900_000;
/** A burn that was left to a person and goes on for days opens no incident anew each time that the last one lets go of the service. */
const saidAgainMilliseconds = 24 * hourMilliseconds;
/** The forecasts that stand at that time, and of which no incident was opened lately. */
export const budgetForecasts = ({ end, standings }: Budgets, now: number): readonly Forecast[] =>
  now - end > freshMilliseconds
    ? []
    : standings.flatMap(({ forecast, saidAt }) =>
        forecast === null || now - (saidAt ?? 0) < saidAgainMilliseconds ? [] : forecast,
      );

/** The same once an incident was opened by the forecast. */
export const saidOf = ({ end, standings }: Budgets, { service }: Forecast, now: number): Budgets => ({
  end,
  standings: standings.map((one) => (one.objective.service === service ? { ...one, saidAt: now } : one)),
});

export function standingOfBudget(
  budget: ErrorBudget,
  { forecast, saidAt }: Pick<BudgetStanding, 'forecast' | 'saidAt'>,
): BudgetStanding {
  const { requests, errors } = total(budget.recent);
  const used = usedShare(budget);
  const known = ((budget.end - (budget.hours[0]?.at ?? budget.end)) / hourMilliseconds / 24).toFixed(1);
  const trouble = isYoung(budget)
    ? `counted for ${known} days, and nothing is foretold before ${acquaintanceHours / 24}`
    : used >= 1
      ? 'it is used up'
      : null;
  const burn = requests === 0 ? null : errors / requests / allowedShare(budget.objective);
  return { objective: budget.objective, used, burn, forecast, saidAt: hasEnded(budget) ? null : saidAt, trouble };
}

/** In words, one line each: what cannot be foretold, and why. */
export const budgetTroubles = ({ standings }: Budgets): readonly string[] =>
  standings.flatMap(({ objective, trouble }) =>
    trouble === null ? [] : [`error budget of ${objective.service}: ${trouble}`],
  );
