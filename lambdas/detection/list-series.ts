import type { Series } from '../domain/signal/series.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** New series are looked for so often. */
const listingMilliseconds = 60_000;

export type Listing =
  | { readonly outcome: 'listed'; readonly series: readonly Series[] }
  /** Which series there are cannot be told now. */
  | { readonly outcome: 'unreadable'; readonly reason: string };

/** The watched series, listed anew every minute; a cache only, filled anew by every process. */
export function listSeries(telemetry: Pick<Telemetry, 'listSeries'>): (now: number) => Promise<Listing> {
  let listing: { readonly at: number; readonly series: readonly Series[]; readonly grew: boolean } | null = null;
  return async (now) => {
    if (listing === null || listing.grew || now - listing.at >= listingMilliseconds) {
      let series: readonly Series[];
      try {
        series = await telemetry.listSeries();
      } catch (error) {
        return { outcome: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
      }
      // A workload that has just begun to speak is not kept waiting for the next minute.
      const grew = series.length === 0 || series.length > (listing?.series.length ?? 0);
      listing = { at: now, series, grew };
    }
    return { outcome: 'listed', series: listing.series };
  };
}
