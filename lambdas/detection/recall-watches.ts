import type { Overview } from '../domain/anomaly/overview.ts';
import type { Shard } from '../domain/anomaly/shard.ts';
import type { Watch } from '../domain/anomaly/watch.ts';
import type { Series } from '../domain/signal/series.ts';
import type { HeldState } from './held-state.ts';

/** The whole watches of those series, as their shards were last saved. */
export type RecallWatches = (wanted: (series: Series) => boolean) => Promise<readonly Watch[]>;

/** Looks into the shards that hold a wanted series, and into no other: it is asked only where there is trouble. */
export const recallWatches =
  ({ shards }: Overview, states: HeldState<Shard>): RecallWatches =>
  async (wanted) => {
    const recalled: Watch[] = [];
    for (const { name, summaries } of shards) {
      if (![...summaries.values()].some(({ series }) => wanted(series))) continue;
      const { watches } = await states.look(name);
      recalled.push(...[...watches.values()].filter(({ series }) => wanted(series)));
    }
    return recalled;
  };
