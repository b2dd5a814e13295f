import type { ServiceName } from '../domain/ids.ts';
import type { LogLine, ReadingEnd, SamplesBySeries, Series } from '../domain/signal/series.ts';
import type { Change } from '../domain/topology/change.ts';

export type Telemetry = {
  /** Every series the watched namespaces hold now. */
  listSeries(): Promise<readonly Series[]>;
  /** Closed periods only; a series without a sample in the interval maps to an empty array, and one that could not be read is absent. */
  readSamples(request: {
    readonly series: readonly Series[];
    readonly from: number;
    readonly to: number;
    readonly periodSeconds: number;
  }): Promise<SamplesBySeries>;
  /**
   * Oldest first; at most `limit`, the newest ones when there are more, and from when on they are all there are: `from`,
   * or later when there were more, or when reading them would have taken longer than it may, waiting for a turn included.
   */
  readLogs(request: {
    readonly service: ServiceName;
    readonly from: number;
    readonly to: number;
    readonly limit: number;
    readonly withinMilliseconds: number;
  }): Promise<{ readonly lines: readonly LogLine[]; readonly readFrom: number; readonly end: ReadingEnd }>;
  /**
   * The first lines of the interval, oldest first, and up to where they are all there are: `to`, or less when there are
   * more than `limit` or reading takes longer than it may. Reading has this time from when its turn comes, which it waits as long for
   * at most. Rejects when nothing came.
   */
  followLogs(request: {
    readonly service: ServiceName;
    readonly from: number;
    readonly to: number;
    readonly limit: number;
    readonly withinMilliseconds: number;
  }): Promise<{ readonly lines: readonly LogLine[]; readonly readTo: number }>;
  readChanges(interval: { readonly from: number; readonly to: number }): Promise<readonly Change[]>;
};
