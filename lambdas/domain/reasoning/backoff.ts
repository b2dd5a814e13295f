const firstMilliseconds = 500;
const mostMilliseconds = 8_000;

/**
 * How long to wait before the next call to a provider that is overloaded, milliseconds: exponential with
 * full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015), never shorter than what the provider
 * asked for. `failures` counts from 1; `random` is in [0, 1).
 */
export const backoffMilliseconds = (failures: number, retryAfterSeconds: number | null, random: number): number => {
  const ceiling = Math.min(mostMilliseconds, firstMilliseconds * 2 ** (failures - 1));
  return Math.round(Math.max((retryAfterSeconds ?? 0) * 1000, ceiling * random));
};
