import { advance, type FleetState, initialFleet, type Published, type PublishedMetric } from './fleet.ts';

/** How much of the past a new fleet publishes, seconds. */
export type HistoryLength = {
  readonly coarsePeriodSeconds: number;
  /**
   * A coarse point stands for its whole period, or for one live step at its end. The last hour is read in live steps,
   * where a whole minute's requests would be taken for those of one step.
   */
  readonly coarsePoints: 'whole' | 'sampled';
  readonly coarseSeconds: number;
  /** The newest part, in steps of the live fleet. */
  readonly fineSeconds: number;
  /** The newest part of that for which log lines are written too. */
  readonly logSeconds: number;
};

export const fullHistory: HistoryLength = {
  coarsePeriodSeconds: 300,
  coarsePoints: 'whole',
  coarseSeconds: 24 * 3600,
  fineSeconds: 3600,
  logSeconds: 1200,
};

/** For a cloud that takes metrics slowly: enough to learn from, and no more. */
export const shortHistory: HistoryLength = {
  coarsePeriodSeconds: 60,
  coarsePoints: 'sampled',
  coarseSeconds: 30 * 60,
  fineSeconds: 5 * 60,
  logSeconds: 5 * 60,
};

/** The history that a cloud takes within a minute or so, or null where it would take none. */
export function historyFor(pointsPerSecond: number): HistoryLength | null {
  if (pointsPerSecond >= 4_000) return fullHistory;
  return pointsPerSecond >= 400 ? shortHistory : null;
}

export type History = {
  readonly state: FleetState;
  /** The published points of each series, oldest first; whoever reads a series finds the whole of it. */
  readonly series: readonly (readonly PublishedMetric[])[];
  readonly logs: Published['logs'];
  readonly changes: Published['changes'];
};

/** A shop that has been running for a day, and what it published in that time, up to `to` (whole steps). */
export function makeHistory(
  { seed, to, stepSeconds }: { readonly seed: number; readonly to: number; readonly stepSeconds: number },
  length: HistoryLength,
): History {
  const coarse = length.coarsePeriodSeconds * 1000;
  const fineFrom = Math.floor((to - length.fineSeconds * 1000) / coarse) * coarse;
  const from = fineFrom - (length.coarseSeconds - length.fineSeconds) * 1000;
  const logsFrom = to - length.logSeconds * 1000;
  const series = new Map<string, PublishedMetric[]>();
  const logs: Published['logs'][number][] = [];
  const changes: Published['changes'][number][] = [];
  let state = initialFleet({ seed, at: from });
  while (state.at < to) {
    const period = state.at < fineFrom ? coarse : stepSeconds * 1000;
    if (period > stepSeconds * 1000 && length.coarsePoints === 'sampled') {
      const unpublished = state.at + period - stepSeconds * 1000;
      state = advance(state, unpublished, { faults: [], operations: [] }, 'changes').state;
    }
    const extent = state.at < logsFrom ? 'metrics' : 'all';
    const end = Math.min(to, Math.floor(state.at / period + 1) * period);
    const advanced = advance(state, end, { faults: [], operations: [] }, extent);
    for (const point of advanced.published.metrics) {
      const name = `${point.service}|${point.instance}|${point.metric}`;
      const points = series.get(name);
      if (points === undefined) series.set(name, [point]);
      else points.push(point);
    }
    logs.push(...advanced.published.logs);
    changes.push(...advanced.published.changes);
    state = advanced.state;
  }
  return { state, series: heartbeatsLast([...series.values()]), logs, changes };
}

/** A heartbeat says that its instance has spoken up to now, so it is the last to be published. */
const heartbeatsLast = (series: readonly (readonly PublishedMetric[])[]) =>
  series.toSorted((one, other) => Number(isHeartbeat(one)) - Number(isHeartbeat(other)));

const isHeartbeat = (points: readonly PublishedMetric[]) => points[0]?.metric === 'Heartbeat';
