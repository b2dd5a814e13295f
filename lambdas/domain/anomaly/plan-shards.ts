import { isLogSeries, isLogShard, logShardName } from '../signal/log-signals/log-series.ts';
import type { Series } from '../signal/series.ts';
import { countedThing, isSparseCounter } from '../signal/sparse-counters.ts';
import { abandonedSeconds } from './missing.ts';
import type { Overview, ShardOverview } from './overview.ts';
import { newSummary, read, type Summary } from './watch.ts';

export const shardName = (index: number): string => `shard-${String(index).padStart(4, '0')}`;

/**
 * Assigns the series that are new to shards of at most `seriesInShard`, and
 * lets go of those that have ended or are chosen no more. A series stays in its shard for as long as
 * it lives, as others come and go: moved, it would have to be learnt anew. Places
 * left by series that ended are taken by new ones; a shard that has become empty ends.
 */
export function planShards(
  { shards }: Overview,
  listed: readonly Series[],
  { seriesInShard, now }: { readonly seriesInShard: number; readonly now: number },
): void {
  const listedBy = new Map(listed.map((series) => [series.id, series]));
  const demanded = new Set(listed.filter(({ role }) => role === 'requests').map(countedThing));
  const assigned = new Set<string>();
  for (const { summaries } of shards) {
    for (const [id, summary] of summaries) {
      const chosenNoMore = listed.length > 0 && surelyListed(summary, now);
      const described = listedBy.get(id);
      // A sparse counter leaves the list when all has been well for hours.
      const isQuiet = isSparseCounter(summary.series) && demanded.has(countedThing(summary.series));
      if (described === undefined && !isQuiet && (hasEnded(summary, now) || chosenNoMore)) summaries.delete(id);
      else assigned.add(id);
      // What is said of it may change while it lives: its limit.
      if (described !== undefined) summaries.set(id, { ...summary, series: described });
    }
  }
  const newcomers = listed.filter(({ id }) => !assigned.has(id));
  // In the order of their names, so that a plan that is made again is made alike.
  for (const series of newcomers.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const shard = isLogSeries(series)
      ? (shards.find(isLogShard) ?? addShard(shards, logShardName))
      : (shards.find((one) => !isLogShard(one) && one.summaries.size < seriesInShard) ??
        addShard(shards, freeName(shards)));
    shard.summaries.set(series.id, newSummary(series, now));
  }
  const living = shards.filter(({ summaries }) => summaries.size > 0);
  shards.splice(0, shards.length, ...living);
}

function freeName(shards: readonly ShardOverview[]): string {
  const taken = new Set(shards.map(({ name }) => name));
  let index = 0;
  while (taken.has(shardName(index))) index += 1;
  return shardName(index);
}

function addShard(shards: ShardOverview[], name: string): ShardOverview {
  const shard: ShardOverview = { name, readTo: 0, trouble: null, summaries: new Map() };
  shards.push(shard);
  return shard;
}

/**
 * What has spoken within this time is listed while it is watched (CloudWatch lists what spoke within three hours), so
 * when others are listed and it is not, a setting or a tag was changed.
 */
const surelyListedMilliseconds = 2 * 3_600_000;
function surelyListed(summary: Summary, now: number): boolean {
  const spoke = read(summary, 'cursor');
  return spoke > 0 && now - spoke < surelyListedMilliseconds;
}

function hasEnded(summary: Summary, now: number): boolean {
  const newest = Math.max(read(summary, 'cursor'), read(summary, 'firstSeenAt'));
  return now - newest > abandonedSeconds * 1000;
}
