/** Seconds that a Retry-After header asks for, given as seconds or as a date; null when it says nothing of use. */
export const retryAfterSeconds = (header: string | null | undefined, now: number): number | null => {
  if (header === null || header === undefined || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds < 0 ? null : seconds;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, (at - now) / 1000);
};
