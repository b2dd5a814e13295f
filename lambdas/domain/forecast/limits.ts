import type { MetricRole } from '../signal/series.ts';

/**
 * Where a resource stops serving, in the unit of its role. The last tenth of
 * memory, of a volume or of a pool is where collections, compactions and
 * waiting take over; work that waits for five minutes is late for whoever
 * waits for it. A role that is not here has no limit that it could run into:
 * processors are busy and idle again, and nothing accumulates in them.
 */
const limits: Partial<Readonly<Record<MetricRole, number>>> = {
  memory: 90,
  disk: 90,
  connections: 90,
  queueAge: 300,
};

/** Null for a role without one. Percent, or seconds for an age. */
export const limitOf = (role: MetricRole): number | null => limits[role] ?? null;
