import type { Summary } from '../domain/anomaly/watch.ts';
import type { Series } from '../domain/signal/series.ts';

/** One shard to scan. Times are epoch milliseconds. */
export type ShardScanRequest = {
  readonly shard: string;
  /** All that are assigned to it; what it remembers of others is forgotten. */
  readonly series: readonly Series[];
  /** End of the newest period to read. */
  readonly end: number;
  readonly periodSeconds: number;
  readonly now: number;
  /** The operator's knob: expected false alarms of a metric in a month. */
  readonly falseAlarmsPerMonth: number;
};

export type ShardScan =
  /** `summaries`: of each series of the request, in its order. */
  | {
      readonly outcome: 'scanned';
      readonly readTo: number;
      readonly summaries: readonly Summary[];
      /** What part of it could not be read, in words; absent when all was. */
      readonly trouble?: string;
    }
  /** The scan failed, did not end in time, or another one of this shard saved first: it brought nothing. */
  | { readonly outcome: 'late'; readonly reason: string };

/** Scans of shards in processes of their own, side by side: in this one, or in functions. */
export type ShardScanner = {
  /** Never rejects and ends by its deadline: trouble with one shard is not that of the others. */
  scan(request: ShardScanRequest): Promise<ShardScan>;
};
