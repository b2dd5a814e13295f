import type { Series } from '../domain/signal/series.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** New series are looked for so often. */
const listingMilliseconds = 60_000;

/** The watched series, listed anew every minute; a cache only, filled anew by every process. */
export function listSeries(telemetry: Telemetry): (now: number) => Promise<readonly Series[]> {
  let listing: { readonly at: number; readonly series: readonly Series[]; readonly grew: boolean } | null = null;
  return async (now) => {
    if (listing === null || listing.grew || now - listing.at >= listingMilliseconds) {
      const series = await telemetry.listSeries();
      // A workload that has just begun to speak is not kept waiting for the next minute.
      const grew = series.length === 0 || series.length > (listing?.series.length ?? 0);
      listing = { at: now, series, grew };
    }
    return listing.series;
  };
}
