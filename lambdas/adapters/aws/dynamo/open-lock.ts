import type { ServiceName } from '../../../domain/ids.ts';

/** One row for each service with a living incident, in the state table; its existence is the lock. */
export const openLock = {
  key: 'open-lock',
  of: (service: ServiceName) => ({ key: 'open-lock', item: service }),
} as const;
