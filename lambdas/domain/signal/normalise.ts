import type { Sample, Series } from './series.ts';

/**
 * Makes samples of different periods comparable: what is summed or counted over
 * a period becomes a rate per minute; the other statistics stay as they are.
 * Whatever is judged, learnt or shown beside a band goes through here first.
 */
export function normaliseSamples(
  series: Pick<Series, 'statistic'>,
  samples: readonly Sample[],
  periodSeconds: number,
): readonly Sample[] {
  if (series.statistic !== 'Sum' && series.statistic !== 'SampleCount') return samples;
  const perMinute = 60 / periodSeconds;
  return samples.map(({ at, value }) => ({ at, value: value * perMinute }));
}
