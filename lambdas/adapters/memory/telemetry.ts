import type { DeclaredLimit } from '../../contract/declared-limits.ts';
import type { SeriesId, ServiceName } from '../../domain/ids.ts';
import type { LogLine, Sample, Series } from '../../domain/signal/series.ts';
import type { Change } from '../../domain/topology/change.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { describeSeries, type MetricIdentity } from '../describe-series.ts';
import { firstOf } from '../first-of.ts';
import { type SampleRing, sampleRing } from './sample-ring.ts';

export type Datum = MetricIdentity & {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
  /** How many samples stand behind the value, for series that count them; 1 when absent. */
  readonly samples?: number;
};

export type MemoryTelemetry = Telemetry & {
  /** Takes what a workload publishes; metrics that name no service are kept by nobody. */
  publish(published: {
    readonly metrics: Iterable<Datum>;
    readonly logs: readonly LogLine[];
    readonly changes: readonly Change[];
  }): void;
};

/** Points kept of each series; at one in 5 s it is more than four hours. */
const pointsKept = 4096;
const linesKept = 5_000;
const changesKept = 5_000;
/** Series without a point for so long leave the list, as they do on AWS. */
const listedMilliseconds = 3 * 3_600_000;

type Stored = { readonly series: Series; readonly ring: SampleRing; newest: number };

export const memoryTelemetry = (limits: readonly DeclaredLimit[] = []): MemoryTelemetry => {
  const byName = new Map<string, Stored | null>();
  const byId = new Map<SeriesId, Stored>();
  const byDimensions = new WeakMap<Datum['dimensions'], Map<string, Stored>>();
  const logs = new Map<ServiceName, LogLine[]>();
  let changes: Change[] = [];
  let newest = 0;

  const find = (datum: Datum): Stored | null => {
    const name = nameOf(datum);
    const known = byName.get(name);
    if (known !== undefined) return known;
    const series = describeSeries(datum, limits);
    const stored = series === null ? null : { series, ring: sampleRing(pointsKept), newest: datum.at };
    byName.set(name, stored);
    if (stored !== null) byId.set(stored.series.id, stored);
    return stored;
  };
  // A publisher that names a resource by one and the same array, step after step, is recognised by it.
  const store = (datum: Datum): Stored | null => {
    const recent = byDimensions.get(datum.dimensions)?.get(datum.metric);
    if (recent?.series.namespace === datum.namespace) return recent;
    const found = find(datum);
    if (found === null) return null;
    const metrics = byDimensions.get(datum.dimensions) ?? new Map<string, Stored>();
    byDimensions.set(datum.dimensions, metrics.set(datum.metric, found));
    return found;
  };

  const keepLogs = (lines: readonly LogLine[]) => {
    for (const line of lines) {
      const kept = logs.get(line.service);
      if (kept === undefined) logs.set(line.service, [line]);
      else if (kept.push(line) > 2 * linesKept) logs.set(line.service, kept.slice(-linesKept));
    }
  };

  return {
    publish: (published) => {
      for (const datum of published.metrics) {
        const stored = store(datum);
        if (stored === null) continue;
        const counted = stored.series.statistic === 'SampleCount';
        stored.ring.add(datum.at, counted ? (datum.samples ?? 1) : datum.value);
        stored.newest = Math.max(stored.newest, datum.at);
        newest = Math.max(newest, datum.at);
      }
      keepLogs(published.logs);
      changes.push(...published.changes);
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
    readLogs: async ({ service, from, to, limit }) => newestOf(within(logs.get(service) ?? [], from, to), limit, from),
    followLogs: async ({ service, from, to, limit }) => {
      const lines = newestSince(logs.get(service) ?? [], from).filter(({ at }) => at < to);
      return firstOf(
        lines.sort((left, right) => left.at - right.at),
        limit,
        to,
      );
    },
    readChanges: async ({ from, to }) => within(changes, from, to),
  };
};

const nameOf = ({ namespace, metric, dimensions }: MetricIdentity): string => {
  let name = `${namespace}|${metric}`;
  for (const dimension of dimensions) name += `|${dimension.name}=${dimension.value}`;
  return name;
};

/** Lines come nearly in order: further back than this there is none that is newer. */
const disorderMilliseconds = 60_000;

/** Lines at or after `from`, looked for from the end. */
const newestSince = (lines: readonly LogLine[], from: number): LogLine[] => {
  let start = lines.length;
  while (start > 0 && (lines[start - 1]?.at ?? 0) >= from - disorderMilliseconds) start -= 1;
  return lines.slice(start).filter(({ at }) => at >= from);
};

/** The last `limit` of lines in order of time, and from when on they are all there are. */
const newestOf = (lines: readonly LogLine[], limit: number, from: number) => {
  const newest = lines.slice(Math.max(0, lines.length - limit));
  return newest.length < lines.length
    ? { lines: newest, readFrom: (newest[0]?.at ?? from) + 1, end: 'limited' as const }
    : { lines: newest, readFrom: from, end: 'all' as const };
};

/** Rows in [from, to), oldest first. They mostly come in order, and what is asked for is mostly near the end. */
const within = <Row extends { readonly at: number }>(rows: readonly Row[], from: number, to: number): Row[] =>
  rows.filter(({ at }) => at >= from && at < to).sort((left, right) => left.at - right.at);
