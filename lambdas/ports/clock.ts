/** All times of the ports are epoch milliseconds, and intervals are half open: [from, to). */
export type Clock = { now(): number };
