import type { MetricRole, Series } from '../signal/series.ts';
import type { TrendHabits } from './trend-record.ts';

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

const day = 86_400_000;
const percentOrSeconds = { smallestFall: 5, usualMilliseconds: day, acquaintanceMilliseconds: day / 24 };

/**
 * How the trend of a series is to be read. What a declared limit stands above is mostly demand, such as calls or things at once,
 * which climbs every morning, and on Mondays higher than on the two days before: that takes longer to know than a disk.
 */
export const habitsOf = ({ role, limit }: Pick<Series, 'role' | 'limit'>): TrendHabits =>
  limit === undefined
    ? { ...percentOrSeconds, isStored: role === 'disk' }
    : {
        smallestFall: 0.05 * limit.value,
        usualMilliseconds: 7 * day,
        acquaintanceMilliseconds: 7 * day,
        isStored: false,
      };

/** What was declared of the series, else that of its role, in percent, or in seconds for an age. Null where there is neither. */
export const limitOf = ({ role, limit }: Pick<Series, 'role' | 'limit'>): number | null =>
  limit?.value ?? limits[role] ?? null;
