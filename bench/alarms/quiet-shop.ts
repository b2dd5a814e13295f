import { describeSeries } from '../../lambdas/adapters/describe-series.ts';
import { normaliseSamples } from '../../lambdas/domain/signal/normalise.ts';
import type { Sample, Series } from '../../lambdas/domain/signal/series.ts';
import { advance } from '../../lambdas/workload/fleet.ts';
import { fullHistory, makeHistory } from '../../lambdas/workload/history.ts';
import { datumMaker } from '../../scripts/scenario/published-datum.ts';

/** Whoever listens to the metrics of a shop; `live` is false for the day before it is watched. */
export type Listener = (series: Series, sample: Sample, periodSeconds: number, live: boolean) => void;

const day = 86_400_000;
const fineSeconds = fullHistory.fineSeconds;

/**
 * Lets a shop run for some days without any fault, after a day of past as a new shop has it, and tells every closed period
 * of every series, as a scan would read it. What is harmless goes on as ever: deploys, jobs, flushes, daily and weekly rhythm.
 */
export function runQuietShop(
  {
    seed,
    from,
    days,
    stepSeconds,
  }: { readonly seed: number; readonly from: number; readonly days: number; readonly stepSeconds: number },
  listen: Listener,
): void {
  const toDatum = datumMaker();
  const known = new Map<string, Series | null>();
  const tell = (metric: Parameters<typeof toDatum>[0], periodSeconds: number, live: boolean): void => {
    const name = `${metric.service}|${metric.instance}|${metric.metric}`;
    let series = known.get(name);
    if (series === undefined) {
      series = describeSeries(toDatum(metric));
      known.set(name, series);
    }
    if (series === null) return;
    const [sample] = normaliseSamples(series, [{ at: metric.at, value: metric.value }], periodSeconds);
    if (sample !== undefined) listen(series, sample, periodSeconds, live);
  };
  const past = makeHistory({ seed, to: from, stepSeconds }, { ...fullHistory, logSeconds: 0 });
  for (const points of past.series) {
    for (const point of points) {
      tell(point, from - point.at > fineSeconds * 1000 ? fullHistory.coarsePeriodSeconds : stepSeconds, false);
    }
  }
  let state = past.state;
  while (state.at < from + days * day) {
    const advanced = advance(state, state.at + stepSeconds * 1000, { faults: [], operations: [] }, 'metrics');
    for (const metric of advanced.published.metrics) tell(metric, stepSeconds, true);
    state = advanced.state;
  }
}
