/** How long after its end a period's values are complete, as in the cloud; seconds. */
export const settlingSeconds = 2;
/** Passes of detection begin so long after the end of a period; milliseconds. */
export const passOffset = settlingSeconds * 1000 + 500;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
