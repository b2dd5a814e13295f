import { type SampleRing, sampleRing } from '../../lambdas/adapters/memory/sample-ring.ts';
import type { SeriesId } from '../../lambdas/domain/ids.ts';
import type { ReadSample } from '../../lambdas/domain/signal/archived-samples.ts';
import type { Sample, Series } from '../../lambdas/domain/signal/series.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';

/** Series without a sample for so long leave the list, as they do on AWS. */
const listedMilliseconds = 3 * 3_600_000;

export type ArchivedTelemetry = Telemetry & {
  /** Makes visible what was first read by the pass that read up to `end` or by an earlier one. */
  advance(end: number): void;
};

/** A telemetry that shows what the archive holds, pass by pass as it was first read. It has no logs and no changes. */
export function archivedTelemetry(
  series: readonly Series[],
  samples: readonly ReadSample[],
  keptSamples: number,
): ArchivedTelemetry {
  const stored = new Map<SeriesId, { readonly series: Series; readonly ring: SampleRing; newest: number }>();
  const known = new Map(series.map((one) => [one.id, one]));
  const ordered = samples.toSorted((one, other) => one.readAt - other.readAt || one.at - other.at);
  let next = 0;
  let now = 0;
  return {
    advance: (end) => {
      now = end;
      for (let sample = ordered[next]; sample !== undefined && sample.readAt <= end; sample = ordered[next]) {
        next += 1;
        const one = known.get(sample.series);
        if (one === undefined) continue;
        const into = stored.get(one.id) ?? { series: one, ring: sampleRing(keptSamples), newest: sample.at };
        stored.set(one.id, into);
        into.ring.add(sample.at, sample.value);
        into.newest = Math.max(into.newest, sample.at);
      }
    },
    listSeries: async () =>
      [...stored.values()].filter(({ newest }) => now - newest < listedMilliseconds).map((one) => one.series),
    readSamples: async ({ series: wanted, from, to, periodSeconds }) => {
      const read = new Map<SeriesId, readonly Sample[]>();
      for (const { id, statistic } of wanted) {
        const ring = stored.get(id)?.ring;
        read.set(id, ring?.read({ from, to, periodMilliseconds: periodSeconds * 1000, statistic }) ?? []);
      }
      return read;
    },
    readLogs: async ({ from }) => ({ lines: [], readFrom: from, end: 'all' }),
    followLogs: async ({ to }) => ({ lines: [], readTo: to }),
    readChanges: async () => [],
  };
}
