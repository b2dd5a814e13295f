/** How long after its end a period's values are complete, as on a local cloud; seconds. */
export const settlingSeconds = 1;
/** As deployed: the shop is one shard. */
export const seriesInShard = 500;
/** Passes of detection begin so long after the end of a period; milliseconds. */
export const passOffset = settlingSeconds * 1000 + 500;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
