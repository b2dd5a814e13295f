import type { MetricRole, Sample, Series } from './series.ts';

/** Counters of what failed. */
export const failureRoles: readonly MetricRole[] = ['errors', 'timeouts', 'retries'];

/**
 * True for a counter that many publish only when it is not zero. That it says nothing of a period means zero where the
 * requests of the same name were counted then, and nothing where they were not.
 */
export const isSparseCounter = ({ role, statistic }: Pick<Series, 'role' | 'statistic'>): boolean =>
  statistic === 'Sum' && failureRoles.includes(role);

/** Names what is counted: its requests and its failures have it in common. */
export const countedThing = ({ namespace, dimensions }: Pick<Series, 'namespace' | 'dimensions'>): string =>
  [namespace, ...dimensions.map(({ name, value }) => `${name}=${value}`).sort()].join('|');

/**
 * The samples of a sparse counter with a zero in every period that has a sample of the requests and none of its own.
 * Filled are periods that ended by `quietTo` and those before the counter's newest sample: of later ones it may still speak.
 * @param own samples of the counter, in any order
 * @param requests samples of the requests, of periods of the same length
 * @param quietTo epoch milliseconds
 */
export function withQuietPeriods(
  own: readonly Sample[],
  requests: readonly Sample[],
  { quietTo, periodSeconds }: { readonly quietTo: number; readonly periodSeconds: number },
): readonly Sample[] {
  const spoken = new Set<number>();
  let settledBefore = quietTo - periodSeconds * 1000 + 1;
  for (const { at } of own) {
    spoken.add(at);
    settledBefore = Math.max(settledBefore, at);
  }
  const quiet = requests.filter(({ at }) => at < settledBefore && !spoken.has(at));
  if (quiet.length === 0) return own;
  return [...own, ...quiet.map(({ at }) => ({ at, value: 0 }))].toSorted((one, other) => one.at - other.at);
}
