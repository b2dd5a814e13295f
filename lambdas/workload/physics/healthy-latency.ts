import { settledFleet } from './initial.ts';

const hour = 3_600_000;
const week = 168;
/** Thursday 1970-01-01 starts the weeks counted here; any week does, the rhythm is the same. */
const byHour: (number | undefined)[] = new Array<number | undefined>(week).fill(undefined);

function atHour(index: number): number {
  const known = byHour[index];
  if (known !== undefined) return known;
  const window = settledFleet(1, (week + index) * hour, true).customers.p95;
  const p95 = window.reduce((sum, value) => sum + value, 0) / window.length;
  byHour[index] = p95;
  return p95;
}

/**
 * 95th percentile of latency at the edge of a healthy shop without noise or
 * goings-on at this hour of the week, milliseconds. Worked out once for each hour.
 */
export function healthyEdgeP95(at: number): number {
  const position = (at / hour) % week;
  const index = Math.floor(position);
  const share = position - index;
  return atHour(index) * (1 - share) + atHour((index + 1) % week) * share;
}
