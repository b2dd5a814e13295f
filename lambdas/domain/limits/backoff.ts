/**
 * Seconds to wait before a call is tried again: anywhere between half of and the whole of a time that
 * doubles with each try, but never less than what the provider asked for.
 *
 * @param tried calls made so far, 1 upwards
 * @param random 0 up to 1
 */
export const backoffSeconds = (
  tried: number,
  random: number,
  {
    firstSeconds = 1,
    longestSeconds = 20,
    retryAfterSeconds = null,
  }: {
    readonly firstSeconds?: number;
    readonly longestSeconds?: number;
    readonly retryAfterSeconds?: number | null;
  } = {},
): number => {
  const whole = Math.min(longestSeconds, firstSeconds * 2 ** (tried - 1));
  return Math.max(retryAfterSeconds ?? 0, whole * (0.5 + random / 2));
};
