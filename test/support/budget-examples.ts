import {
  type Count,
  countUp,
  type ErrorBudget,
  hourMilliseconds,
  hoursCounted,
  objectiveSchema,
  recentMilliseconds,
  total,
} from '../../lambdas/domain/forecast/error-budget.ts';

export const objective = objectiveSchema.parse({ service: 'payments', succeed: 99.5, days: 30 });
/** A Wednesday. */
export const now = Date.UTC(2026, 2, 4, 15, 20);

const hoursOf = (at: number): number => (at / hourMilliseconds) % 24;
/** Requests a minute: twice as many in the afternoon as at night, a third less at the weekend. */
export const demandAt = (at: number): number =>
  600 *
  (1.5 - 0.5 * Math.cos(((hoursOf(at) - 3) / 12) * Math.PI)) *
  ([0, 6].includes(new Date(at).getUTCDay()) ? 2 / 3 : 1);

/** Draws from 0 to 1, the same for the same seed. */
export function draws(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 3_266_489_917);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
}

/** As many as independent events come where so many are expected. */
export function scattered(expected: number, draw: () => number): number {
  if (expected > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal));
  }
  let count = 0;
  for (let rest = draw(); rest > Math.exp(-expected); rest *= draw()) count += 1;
  return count;
}

export type Course = { readonly shareAt: (at: number) => number; readonly demand?: (at: number) => number };

/** Every five minutes of a course. */
export function countsOf(
  { shareAt, demand = demandAt }: Course,
  from: number,
  to: number,
  draw: () => number,
): readonly Count[] {
  const counts: Count[] = [];
  for (let at = from; at < to; at += recentMilliseconds) {
    const requests = scattered(5 * demand(at), draw);
    counts.push({ at, requests, errors: Math.min(requests, scattered(requests * shareAt(at), draw)) });
  }
  return counts;
}

/** As it is counted up at `end` from every five minutes. */
export function budgetOf(counts: readonly Count[], end: number, of = objective): ErrorBudget {
  const hour = end - (end % hourMilliseconds);
  const samples = (name: 'requests' | 'errors') => counts.map((count) => ({ at: count.at, value: count[name] }));
  const all = { requests: samples('requests'), errors: samples('errors') };
  const from = hour - hoursCounted(of) * hourMilliseconds;
  const hours = countUp(all, { from, to: hour, periodMilliseconds: hourMilliseconds });
  const begun = { at: hour, ...total(counts.filter(({ at }) => at >= hour && at < end)) };
  const first = [...hours, begun].findIndex(({ requests }) => requests > 0);
  return {
    objective: of,
    end,
    hours: [...hours, begun].slice(first),
    recent: countUp(all, { from: end - 6 * hourMilliseconds, to: end, periodMilliseconds: recentMilliseconds }),
  };
}
