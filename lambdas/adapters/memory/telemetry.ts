import type { SeriesId, ServiceName } from '../../domain/ids.ts';
import type { LogLine, Sample, Series } from '../../domain/signal/series.ts';
import type { Change } from '../../domain/topology/change.ts';
import type { Telemetry } from '../../ports.ts';
import { describeSeries, type MetricIdentity } from '../describe-series.ts';
import { type SampleRing, sampleRing } from './sample-ring.ts';

export type Datum = MetricIdentity & {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
};

export type MemoryTelemetry = Telemetry & {
  /** Takes what a workload publishes; metrics that name no service are kept by nobody. */
  publish(published: {
    readonly metrics: Iterable<Datum>;
    readonly logs: Iterable<LogLine>;
    readonly changes: Iterable<Change>;
  }): void;
};

/** Points kept of each series; at one in 5 s it is more than four hours. */
const pointsKept = 4096;
const linesKept = 20_000;
const changesKept = 5_000;
/** A series that has had no point for so long is no longer listed; CloudWatch does the same after two weeks. */
const listedMilliseconds = 14 * 24 * 3_600_000;

type Stored = { readonly series: Series; readonly ring: SampleRing; newest: number };

export const memoryTelemetry = (): MemoryTelemetry => {
  const byName = new Map<string, Stored | null>();
  const byId = new Map<SeriesId, Stored>();
  const logs = new Map<ServiceName, LogLine[]>();
  let changes: Change[] = [];
  let newest = 0;

  const store = (datum: Datum): Stored | null => {
    const name = nameOf(datum);
    const known = byName.get(name);
    if (known !== undefined) return known;
    const series = describeSeries(datum);
    const stored = series === null ? null : { series, ring: sampleRing(pointsKept), newest: datum.at };
    byName.set(name, stored);
    if (stored !== null) byId.set(stored.series.id, stored);
    return stored;
  };

  return {
    publish: (published) => {
      for (const datum of published.metrics) {
        const stored = store(datum);
        if (stored === null) continue;
        stored.ring.add(datum.at, datum.value);
        stored.newest = Math.max(stored.newest, datum.at);
        newest = Math.max(newest, datum.at);
      }
      for (const line of published.logs) {
        const lines = logs.get(line.service) ?? [];
        lines.push(line);
        logs.set(line.service, lines.length > 2 * linesKept ? lines.slice(-linesKept) : lines);
      }
      for (const change of published.changes) changes.push(change);
      if (changes.length > 2 * changesKept) changes = changes.slice(-changesKept);
    },
    listSeries: async () =>
      [...byId.values()].filter((stored) => newest - stored.newest < listedMilliseconds).map(({ series }) => series),
    readSamples: async ({ series, from, to, periodSeconds }) => {
      const samples = new Map<SeriesId, readonly Sample[]>();
      for (const { id, statistic } of series) {
        const ring = byId.get(id)?.ring;
        samples.set(id, ring?.read({ from, to, periodMilliseconds: periodSeconds * 1000, statistic }) ?? []);
      }
      return samples;
    },
    readLogs: async ({ service, from, to, limit }) =>
      within(logs.get(service) ?? [], from, to)
        .sort((left, right) => left.at - right.at)
        .slice(-limit),
    readChanges: async ({ from, to }) => within(changes, from, to).sort((left, right) => left.at - right.at),
  };
};

const nameOf = ({ namespace, metric, dimensions }: MetricIdentity): string => {
  let name = `${namespace}|${metric}`;
  for (const { value } of dimensions) name += `|${value}`;
  return name;
};

const within = <Row extends { readonly at: number }>(rows: readonly Row[], from: number, to: number): Row[] =>
  rows.filter(({ at }) => at >= from && at < to);
