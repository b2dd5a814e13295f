import type { LogLine } from '../domain/signal/series.ts';

type Begun = { readonly lines: readonly LogLine[]; readonly readTo: number };

/**
 * The first `limit` of lines that are in order of time, without those of the last millisecond when there are more: up
 * to `readTo` they are all there are.
 */
export const firstOf = (lines: readonly LogLine[], limit: number, to: number): Begun => {
  const cut = lines[limit]?.at;
  if (cut === undefined) return { lines, readTo: to };
  const whole = lines.slice(0, limit).filter(({ at }) => at < cut);
  // All of one millisecond: some of them must do.
  return whole.length > 0 ? { lines: whole, readTo: cut } : { lines: lines.slice(0, limit), readTo: cut + 1 };
};

/**
 * The same of lines whose reading broke off, so that the last millisecond may lack some. What comes next begins later than `from`
 * in any case, so that reading gets on.
 */
export const begunOf = (lines: readonly LogLine[], limit: number, from: number): Begun => {
  const last = lines.at(-1)?.at ?? from;
  const whole = lines.filter(({ at }) => at < last);
  return last > from ? firstOf(whole, limit, last) : firstOf(lines, limit, last + 1);
};
