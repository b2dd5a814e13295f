/** Larger than any quantity: what is beyond counts as this much, so that no sum or difference of values overflows. */
const largest = 1e30;

export const bounded = (value: number): number => Math.max(-largest, Math.min(largest, value));
