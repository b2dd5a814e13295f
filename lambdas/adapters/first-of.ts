import type { LogLine } from '../domain/signal/series.ts';

/**
 * The first `limit` of lines that are in order of time, without those of the last millisecond when there are more: up
 * to `readTo` they are all there are.
 */
export const firstOf = (
  lines: readonly LogLine[],
  limit: number,
  to: number,
): { readonly lines: readonly LogLine[]; readonly readTo: number } => {
  const cut = lines[limit]?.at;
  if (cut === undefined) return { lines, readTo: to };
  const whole = lines.slice(0, limit).filter(({ at }) => at < cut);
  // All of one millisecond: some of them must do.
  return whole.length > 0 ? { lines: whole, readTo: cut } : { lines: lines.slice(0, limit), readTo: cut + 1 };
};
