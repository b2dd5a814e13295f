import { monotonicFactory } from 'ulid';
import { incidentIdSchema } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';

/** ULIDs of the clock's time, growing even within one millisecond. */
export function ulidIds(clock: Clock): Ids {
  const next = monotonicFactory();
  return { incident: () => incidentIdSchema.parse(next(clock.now())), next: () => next(clock.now()) };
}
