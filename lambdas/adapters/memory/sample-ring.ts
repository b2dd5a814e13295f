import type { Sample, Statistic } from '../../domain/signal/series.ts';

export type SampleRing = {
  add(at: number, value: number): void;
  /** One sample a period in [from, to), oldest first; periods without data give none. */
  read(request: {
    readonly from: number;
    readonly to: number;
    readonly periodMilliseconds: number;
    readonly statistic: Statistic;
  }): Sample[];
};

/**
 * The newest `capacity` data points of one metric in time order, in two typed
 * arrays that double until they are full and then wrap around.
 */
export const sampleRing = (capacity: number): SampleRing => {
  let times = new Float64Array(64);
  let values = new Float64Array(64);
  let start = 0;
  let count = 0;

  const slot = (index: number): number => (start + index) % times.length;
  const timeAt = (index: number): number => times[slot(index)] ?? 0;
  const valueAt = (index: number): number => values[slot(index)] ?? 0;

  const grow = () => {
    const length = Math.min(capacity, times.length * 2);
    const grownTimes = new Float64Array(length);
    const grownValues = new Float64Array(length);
    for (let index = 0; index < count; index += 1) {
      grownTimes[index] = timeAt(index);
      grownValues[index] = valueAt(index);
    }
    times = grownTimes;
    values = grownValues;
    start = 0;
  };

  /** First index at or after `at`; what is asked for is mostly near the end. */
  const firstFrom = (at: number): number => {
    let low = 0;
    let high = count;
    for (let back = 8; back < count; back *= 4) {
      if (timeAt(count - back) < at) {
        low = count - back;
        break;
      }
      high = count - back;
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if (timeAt(middle) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add: (at, value) => {
      if (count === times.length) {
        if (count < capacity) grow();
        else {
          start = (start + 1) % times.length;
          count -= 1;
        }
      }
      // Points mostly come in order; a late one is moved to its place.
      let index = count;
      count += 1;
      while (index > 0 && timeAt(index - 1) > at) {
        times[slot(index)] = timeAt(index - 1);
        values[slot(index)] = valueAt(index - 1);
        index -= 1;
      }
      times[slot(index)] = at;
      values[slot(index)] = value;
    },
    read: ({ from, to, periodMilliseconds, statistic }) => {
      const samples: Sample[] = [];
      let index = firstFrom(from);
      while (index < count && timeAt(index) < to) {
        const at = Math.floor(timeAt(index) / periodMilliseconds) * periodMilliseconds;
        const first = index;
        let sum = 0;
        let least = Number.POSITIVE_INFINITY;
        let most = Number.NEGATIVE_INFINITY;
        while (index < count && timeAt(index) < to && timeAt(index) < at + periodMilliseconds) {
          const value = valueAt(index);
          sum += value;
          least = Math.min(least, value);
          most = Math.max(most, value);
          index += 1;
        }
        samples.push({ at, value: reduce(statistic, { sum, least, most, count: index - first }) });
      }
      return samples;
    },
  };
};

type Bucket = { readonly sum: number; readonly least: number; readonly most: number; readonly count: number };

const reduce = (statistic: Statistic, { sum, least, most, count }: Bucket): number => {
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / count;
    case 'Minimum':
      return least;
    case 'Maximum':
      return most;
    case 'SampleCount':
      // A point of such a series is itself a number of samples.
      return sum;
  }
};
