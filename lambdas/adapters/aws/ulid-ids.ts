import { monotonicFactory } from 'ulid';
import { incidentIdSchema } from '../../domain/ids.ts';
import type { Clock, Ids } from '../../ports.ts';

/** ULIDs of the clock's time, growing even within one millisecond. */
export function ulidIds(clock: Clock): Ids {
  const next = monotonicFactory();
  return { incident: () => incidentIdSchema.parse(next(clock.now())), next: () => next(clock.now()) };
}
